import { join } from 'node:path';
import { backupManifestSchema } from '@serverless-ops/job-schemas';
import { z } from 'zod';

/** The page that describes a manifest for programs that read one. */
export const MANIFEST_SCHEMA_FILE = join(import.meta.dirname, '../../../docs/backup-manifest.schema.json');

/** The JSON Schema of `manifest.json`, as the file has it. */
export function manifestSchemaText(): string {
  const schema = z.toJSONSchema(backupManifestSchema);
  return `${JSON.stringify({ title: 'manifest.json of a backup', ...schema }, undefined, 2)}\n`;
}
