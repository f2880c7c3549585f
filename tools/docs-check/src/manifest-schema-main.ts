/** Writes docs/backup-manifest.schema.json. */
import { writeFileSync } from 'node:fs';
import { MANIFEST_SCHEMA_FILE, manifestSchemaText } from './manifest-schema.ts';

writeFileSync(MANIFEST_SCHEMA_FILE, manifestSchemaText());
