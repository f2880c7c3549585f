import * as z from 'zod';
import { backupReferenceShape, otherEnvironmentShape } from '../backup-reference.ts';
import { databaseReferenceShape } from '../database-reference.ts';
import { dumpOptionsShape } from '../dump-options.ts';
import { defineJobKind, STANDARD_TASK_SIZE } from '../job-kind.ts';

/** What the result says of what a reader should know; the log of the job has all of it. */
const MAX_LISTED_WARNINGS = 10;
const MAX_WARNING_CHARACTERS = 400;

/**
 * `db_restore` restores a backup of one database, or some of its tables, and compares the result with the backup. The
 * options in capitals remove data. A job refuses them unless `restore.allow_overwrite` in settings.yml names the target,
 * however it was ordered: a worker cannot tell which door an order came through.
 */
export const dbRestore = defineJobKind({
  name: 'db_restore',
  runsIn: 'worker',
  purpose: 'restore',
  defaultSize: STANDARD_TASK_SIZE,
  // A second run removes the half that the first one made, and starts clean.
  retryable: true,
  needsDatabase: true,
  options: z.strictObject({
    ...databaseReferenceShape,
    ...backupReferenceShape,
    ...dumpOptionsShape,
    ...otherEnvironmentShape,
    target_db_name: databaseReferenceShape.db_name.optional().meta({
      description: 'Name of the database to restore into, created if it is missing. Left out: its own',
      examples: ['classicmodels_restored'],
    }),
    OVERWRITE_target: z.boolean().default(false).meta({
      description:
        'Removes what the target holds: all of it, or the tables of include_tables. Needs restore.allow_overwrite',
    }),
    OVERWRITE_never_backed_up: z.boolean().default(false).meta({
      description: 'Also removes it where the target is another database, of which there is no backup',
    }),
  }),
  example: {
    db_name: 'classicmodels',
    db_env: 'demo',
    backup_id: '20261122T021530Z-9f86d081',
    backup_db_env: 'prod',
    target_db_name: 'classicmodels_restored',
    parallelism: 4,
    include_tables: ['orders', 'order details'],
    definer: 'strip',
    OVERWRITE_target: true,
    OVERWRITE_never_backed_up: true,
  },
  // `compared_tables` are those whose rows were read again: every one that holds rows.
  result: z.strictObject({
    status: z.literal('job complete'),
    backup_id: z.string().max(64),
    target_db_name: z.string().max(64),
    rows: z.int().nonnegative(),
    tables: z.int().nonnegative(),
    compared_tables: z.int().nonnegative(),
    bytes: z.int().nonnegative(),
    warning_count: z.int().nonnegative(),
    warnings: z.array(z.string().max(MAX_WARNING_CHARACTERS)).max(MAX_LISTED_WARNINGS),
    duration_ms: z.int().nonnegative(),
  }),
});

/** What a result tells of the warnings of a restore: the first of them, each cut to its length. */
export function listedWarnings(warnings: readonly string[]): string[] {
  return warnings.slice(0, MAX_LISTED_WARNINGS).map((text) => text.slice(0, MAX_WARNING_CHARACTERS).toWellFormed());
}
