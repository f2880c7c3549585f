import * as z from 'zod';
import { databaseReferenceShape } from '../database-reference.ts';
import { defineJobKind, STANDARD_TASK_SIZE } from '../job-kind.ts';
import { jsonBytes } from '../json-bytes.ts';
import { textSchema } from '../text-schema.ts';

/** Bytes that the last lines of a script take as JSON in UTF-8: the answer of `GET /jobs/{id}` has to hold them. */
export const MAX_LAST_LINES_BYTES = 16 * 1024;

/** No process can be handed an argument with NUL. */
// eslint-disable-next-line no-control-regex -- it is what is refused
const WITHOUT_NUL = /^[^\u0000]*$/;

/**
 * `run_script` runs a script of the worker's image. With `db_name` and `db_env` (both, or neither) the script also gets a
 * MySQL option file for that database.
 */
export const runScript = defineJobKind({
  name: 'run_script',
  runsIn: 'worker',
  purpose: 'script',
  defaultSize: STANDARD_TASK_SIZE,
  retryable: true,
  needsDatabase: false,
  options: z
    .strictObject({
      db_name: databaseReferenceShape.db_name.optional(),
      db_env: databaseReferenceShape.db_env.optional(),
      script: textSchema(64, /^[a-z0-9][a-z0-9._-]*$/).meta({
        description: "File name of a script in the worker's scripts folder",
        examples: ['table_sizes.sh'],
      }),
      args: z.array(textSchema(256, WITHOUT_NUL)).max(20).default([]).meta({
        description: 'Arguments of the script. Not for secrets: they are visible in histories and process lists.',
      }),
    })
    .refine((options) => (options.db_name === undefined) === (options.db_env === undefined), {
      message: 'db_name and db_env go together: give both or neither',
    }),
  example: { db_name: 'classicmodels', db_env: 'demo', script: 'table_sizes.sh', args: ["O'Brien", '', '界'] },
  // `last_lines` are the last lines of standard output, oldest first.
  result: z.strictObject({
    status: z.literal('job complete'),
    exit_code: z.literal(0),
    last_lines: z.array(z.string()).refine((lines) => jsonBytes(lines) <= MAX_LAST_LINES_BYTES, {
      error: `Too big: expected the lines to take <=${MAX_LAST_LINES_BYTES} bytes as JSON`,
    }),
    duration_ms: z.int().nonnegative(),
  }),
});
