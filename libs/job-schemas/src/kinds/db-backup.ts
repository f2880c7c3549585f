import * as z from 'zod';
import { databaseReferenceShape } from '../database-reference.ts';
import { defineJobKind, STANDARD_TASK_SIZE } from '../job-kind.ts';

/** Bytes of a key in S3, and so characters at most. (S3 user guide, "Naming Amazon S3 objects") */
const MAX_KEY_CHARACTERS = 1024;

/** `s3://`, the name of a bucket (63 characters), `/` and a key. */
const MAX_URI_CHARACTERS = 5 + 63 + 1 + MAX_KEY_CHARACTERS;

/** `db_backup` stores a dump of one database. `engine: script` dumps with `db_backup.sh` of the worker's image. */
export const dbBackup = defineJobKind({
  name: 'db_backup',
  runsIn: 'worker',
  purpose: 'backup',
  defaultSize: STANDARD_TASK_SIZE,
  retryable: true,
  needsDatabase: true,
  options: z.strictObject({
    ...databaseReferenceShape,
    engine: z.enum(['script']).default('script').meta({ description: 'Engine that makes the dump' }),
  }),
  example: { db_name: 'classicmodels', db_env: 'demo', engine: 'script' },
  // Counts are exact; `stored_bytes` is after compression.
  result: z.strictObject({
    status: z.literal('job complete'),
    backup_id: z.string().max(MAX_KEY_CHARACTERS),
    s3_uri: z.string().max(MAX_URI_CHARACTERS),
    bytes: z.int().nonnegative(),
    stored_bytes: z.int().nonnegative(),
    rows: z.int().nonnegative(),
    tables: z.int().nonnegative(),
    consistency: z.enum(['single-transaction', 'dry-run']),
    duration_ms: z.int().nonnegative(),
  }),
});
