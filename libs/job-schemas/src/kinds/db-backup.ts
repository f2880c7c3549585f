import * as z from 'zod';
import { CONSISTENCIES } from '../consistency.ts';
import { databaseReferenceShape } from '../database-reference.ts';
import { dumpOptionsShape, tableNames } from '../dump-options.ts';
import { defineJobKind, STANDARD_TASK_SIZE } from '../job-kind.ts';

/** Bytes of a key in S3, and so characters at most. (S3 user guide, "Naming Amazon S3 objects") */
const MAX_KEY_CHARACTERS = 1024;

/** `s3://`, the name of a bucket (63 characters), `/` and a key. */
const MAX_URI_CHARACTERS = 5 + 63 + 1 + MAX_KEY_CHARACTERS;

/** What the result says of an incomplete backup; the manifest says all of it. */
const MAX_LISTED_INCOMPLETE = 10;
const MAX_INCOMPLETE_CHARACTERS = 400;

/**
 * `db_backup` stores a dump of one database. `engine: parallel` dumps with several connections that see one moment;
 * `engine: script` dumps with `db_backup.sh` of the worker's image.
 */
export const dbBackup = defineJobKind({
  name: 'db_backup',
  runsIn: 'worker',
  purpose: 'backup',
  defaultSize: STANDARD_TASK_SIZE,
  retryable: true,
  needsDatabase: true,
  options: z
    .strictObject({
      ...databaseReferenceShape,
      engine: z
        .enum(['parallel', 'script'])
        .default('parallel')
        .meta({ description: 'How the dump is taken: by the worker itself, or by the script db_backup.sh' }),
      parallelism: dumpOptionsShape.parallelism,
      include_tables: dumpOptionsShape.include_tables,
      exclude_tables: tableNames.meta({
        description: 'Names of tables to leave out, without patterns. A table that does not exist does no harm',
      }),
      definer: dumpOptionsShape.definer,
    })
    .refine(
      ({ engine, include_tables, exclude_tables, definer }) =>
        engine === 'parallel' || (include_tables.length + exclude_tables.length === 0 && definer === 'keep'),
      {
        message: 'include_tables, exclude_tables and definer are for engine parallel: leave them out for engine script',
      },
    ),
  example: {
    db_name: 'classicmodels',
    db_env: 'demo',
    engine: 'parallel',
    parallelism: 4,
    include_tables: ['orders', 'order details'],
    exclude_tables: ['sessions'],
    definer: 'strip',
  },
  // Counts are exact; `stored_bytes` is after compression. `incomplete` has the first of what the manifest has all of.
  result: z.strictObject({
    status: z.literal('job complete'),
    backup_id: z.string().max(MAX_KEY_CHARACTERS),
    s3_uri: z.string().max(MAX_URI_CHARACTERS),
    bytes: z.int().nonnegative(),
    stored_bytes: z.int().nonnegative(),
    rows: z.int().nonnegative(),
    tables: z.int().nonnegative(),
    consistency: z.enum([...CONSISTENCIES, 'dry-run']),
    incomplete_count: z.int().nonnegative(),
    incomplete: z.array(z.string().max(MAX_INCOMPLETE_CHARACTERS)).max(MAX_LISTED_INCOMPLETE),
    duration_ms: z.int().nonnegative(),
  }),
});

/** What a result tells of what a backup lacks: the first of it, each cut to its length. */
export function listedIncomplete(incomplete: readonly { readonly what: string; readonly remedy: string }[]): string[] {
  return incomplete
    .slice(0, MAX_LISTED_INCOMPLETE)
    .map(({ what, remedy }) => `${what}: ${remedy}`.slice(0, MAX_INCOMPLETE_CHARACTERS).toWellFormed());
}
