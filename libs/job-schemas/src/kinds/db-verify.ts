import * as z from 'zod';
import { backupReferenceShape } from '../backup-reference.ts';
import { databaseReferenceShape } from '../database-reference.ts';
import { defineJobKind, STANDARD_TASK_SIZE } from '../job-kind.ts';

/** `db_verify` reads a backup of one database to its last byte, and says whether it is as it was written. */
export const dbVerify = defineJobKind({
  name: 'db_verify',
  runsIn: 'worker',
  purpose: 'restore',
  defaultSize: STANDARD_TASK_SIZE,
  retryable: true,
  needsDatabase: true,
  options: z.strictObject({ ...databaseReferenceShape, ...backupReferenceShape }),
  example: { db_name: 'classicmodels', db_env: 'demo', backup_id: '20261122T021530Z-9f86d081' },
  // `bytes` are of SQL, before compression. `incomplete_count` is what the database had and the backup lacks.
  result: z.strictObject({
    status: z.literal('job complete'),
    backup_id: z.string().max(64),
    objects: z.int().nonnegative(),
    stored_bytes: z.int().nonnegative(),
    bytes: z.int().nonnegative(),
    tables: z.int().nonnegative(),
    rows: z.int().nonnegative(),
    incomplete_count: z.int().nonnegative(),
    duration_ms: z.int().nonnegative(),
  }),
});
