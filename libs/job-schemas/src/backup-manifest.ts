import * as z from 'zod';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Version of the manifest's own format: raised when an older reader would misread a newer manifest. */
export const MANIFEST_VERSION = 1;

/**
 * `manifest.json`, written last, is the commit of a backup: without it there is no backup. It names every object with
 * its size and SHA-256, before and after compression, so that a restore can prove what it reads.
 */
export const backupManifestSchema = z.strictObject({
  manifest_version: z.literal(MANIFEST_VERSION),
  backup_id: z.string(),
  db_name: z.string(),
  db_env: z.string().optional(),
  engine: z.enum(['script']),
  consistency: z.enum(['single-transaction']),
  started_at: z.iso.datetime(),
  finished_at: z.iso.datetime(),
  server: z.strictObject({ version: z.string(), character_set: z.string(), collation: z.string() }),
  tools: z.record(z.string(), z.string()).meta({ description: 'Name of each tool used, and its version' }),
  objects: z.array(
    z.strictObject({
      key: z.string().meta({ description: "Relative to the manifest's own folder" }),
      bytes: z.int().nonnegative(),
      sha256,
      stored_bytes: z.int().nonnegative(),
      stored_sha256: sha256,
      compression: z.literal('zstd'),
    }),
  ),
  tables: z.array(z.strictObject({ name: z.string(), rows: z.int().nonnegative() })),
});

export type BackupManifest = z.output<typeof backupManifestSchema>;
