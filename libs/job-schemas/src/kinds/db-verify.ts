import * as z from 'zod';
import { backupReferenceShape, otherEnvironmentShape } from '../backup-reference.ts';
import { databaseReferenceShape } from '../database-reference.ts';
import { dumpOptionsShape } from '../dump-options.ts';
import { drillResultSchema } from '../drill-record.ts';
import { defineJobKind, STANDARD_TASK_SIZE } from '../job-kind.ts';

/**
 * `db_verify` reads a backup of one database to its last byte, and says whether it is as it was written. With `drill`, it
 * also restores the backup, and removes what it made.
 */
export const dbVerify = defineJobKind({
  name: 'db_verify',
  runsIn: 'worker',
  purpose: 'verify',
  defaultSize: STANDARD_TASK_SIZE,
  retryable: true,
  needsDatabase: true,
  options: z.strictObject({
    ...databaseReferenceShape,
    ...backupReferenceShape,
    ...otherEnvironmentShape,
    drill: z.boolean().default(false).meta({
      description:
        'Also restores the backup into a database of its own on the server, compares it with the backup, and drops it',
    }),
    parallelism: dumpOptionsShape.parallelism,
  }),
  example: {
    db_name: 'classicmodels',
    db_env: 'demo',
    backup_id: '20261122T021530Z-9f86d081',
    backup_db_env: 'prod',
    drill: true,
    parallelism: 4,
  },
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
    drill: drillResultSchema.optional(),
    duration_ms: z.int().nonnegative(),
  }),
});
