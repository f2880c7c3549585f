import * as z from 'zod';
import { CONSISTENCIES } from './consistency.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().nonnegative();

/** Version of the manifest's own format: raised when an older reader would misread a newer manifest. */
export const MANIFEST_VERSION = 2;

const part = z
  .strictObject({
    object: z.string().meta({ description: 'Key of the object, as in `objects`' }),
    offset: count.meta({ description: 'Bytes of the object before this part' }),
    stored_bytes: count,
    bytes: count.meta({ description: 'Bytes of SQL, before compression' }),
    rows: count,
    checksum: z.string().optional().meta({ description: 'Of the rows, whatever their order. Adds up over the parts' }),
  })
  .meta({ description: 'A whole number of zstd frames that can be read and run without the rest of the object' });

/**
 * `manifest.json`, written last, is the commit of a backup: without it there is no backup. It names every object with
 * its size and SHA-256, so that a restore can prove what it reads, and for every table which parts of which objects hold
 * it, so that a restore of one table reads no other.
 */
export const backupManifestSchema = z.strictObject({
  manifest_version: z.literal(MANIFEST_VERSION),
  backup_id: z.string(),
  db_name: z.string(),
  db_env: z.string().optional(),
  engine: z.enum(['parallel', 'script']).meta({ description: 'How the dump was taken' }),
  consistency: z
    .enum(CONSISTENCIES)
    .meta({ description: 'How the connections came to see one moment. docs/backup.md explains each' }),
  started_at: z.iso.datetime(),
  finished_at: z.iso.datetime(),
  server: z.strictObject({ version: z.string(), character_set: z.string(), collation: z.string() }).meta({
    description:
      'Version of the server. Character set and collation are defaults of the database, for its CREATE DATABASE',
  }),
  tools: z.record(z.string(), z.string()).meta({ description: 'Name of each tool used, and its version' }),
  incomplete: z
    .array(z.strictObject({ what: z.string(), why: z.string(), remedy: z.string() }))
    .meta({ description: 'What the database has and the backup lacks. Empty: the backup is whole' }),
  selection: z
    .strictObject({ include_tables: z.array(z.string()), exclude_tables: z.array(z.string()) })
    .optional()
    .meta({ description: 'Tables that the order chose, or left out. Absent: it was for all' }),
  longest_statement_bytes: count
    .optional()
    .meta({ description: 'The server of a restore needs a max_allowed_packet above it' }),
  restore: z
    .strictObject({ all: z.string(), one_table: z.string().optional() })
    .meta({ description: "Commands for a shell in a folder with the backup's objects: all of it, or one table" }),
  objects: z.array(
    z.strictObject({
      key: z.string().meta({ description: "Relative to the manifest's own folder" }),
      bytes: count,
      sha256: sha256.optional().meta({ description: 'Of the SQL before compression' }),
      stored_bytes: count,
      stored_sha256: sha256,
      compression: z.literal('zstd'),
    }),
  ),
  tables: z.array(
    z.strictObject({
      name: z.string(),
      rows: count,
      checksum: z.string().optional(),
      parts: z
        .array(part)
        .optional()
        .meta({ description: 'Definition first, then rows. Absent: the dump is one piece' }),
    }),
  ),
});

export type BackupManifest = z.output<typeof backupManifestSchema>;
