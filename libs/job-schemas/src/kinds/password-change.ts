import * as z from 'zod';
import { databaseReferenceShape } from '../database-reference.ts';
import { defineJobKind } from '../job-kind.ts';
import { textSchema } from '../text-schema.ts';

/** Longest name of an account: 80 characters in MariaDB, 32 in MySQL, which refuses longer ones itself. */
const MAX_USER_NAME = 80;

/** No name that a person would want has control characters, NUL among them. */
// eslint-disable-next-line no-control-regex -- control characters are what is refused
const WITHOUT_CONTROL_CHARACTERS = /^[^\u0000-\u001f\u007f-\u009f]*$/;

/**
 * How long a server keeps a session, and with it the lock on an account, when the function of a job dies, in seconds.
 * The function sets it as the session's `wait_timeout`; the workflow waits longer before it tries again.
 */
export const ORPHANED_LOCK_SECONDS = 20;

/**
 * Options of `password_change`. No password is among them: operations stores a given one as `new_password` in Parameter
 * Store, and with `generate` the job makes one.
 */
export const passwordChangeOptionsSchema = z
  .strictObject({
    ...databaseReferenceShape,
    db_user: textSchema(MAX_USER_NAME, WITHOUT_CONTROL_CHARACTERS)
      .min(1)
      .meta({ description: 'Name of the account, without its host', examples: ['mary'] }),
    generate: z
      .boolean()
      .default(false)
      .meta({ description: 'Generate the new password, instead of using the parameter new_password' }),
    create_if_missing: z
      .boolean()
      .default(false)
      .meta({ description: 'Create a missing account, with its parameter grant' }),
    discard_old_password: z
      .boolean()
      .default(false)
      .meta({ description: 'End the validity of the old password, and change nothing else' }),
  })
  .refine((options) => !(options.discard_old_password && (options.generate || options.create_if_missing)), {
    message: 'discard_old_password ends an earlier change: give neither generate nor create_if_missing with it',
  });

export type PasswordChangeOptions = z.output<typeof passwordChangeOptionsSchema>;

/**
 * What a `password_change` that ended well reports. `version` is that of the password in Parameter Store, which the
 * server accepts now; 0 for a dry run. No password is in it.
 */
export const passwordChangeResultSchema = z.strictObject({
  status: z.literal('job complete'),
  changed: z.boolean(),
  created: z.boolean(),
  version: z.int().nonnegative(),
  old_password_valid: z.boolean(),
  duration_ms: z.int().nonnegative(),
});

export type PasswordChangeResult = z.output<typeof passwordChangeResultSchema>;

/** `password_change` changes the password of one account of a database server. */
export const passwordChange = defineJobKind({
  name: 'password_change',
  runsIn: 'function',
  needsDatabase: true,
  options: passwordChangeOptionsSchema,
  example: {
    db_name: 'classicmodels',
    db_env: 'demo',
    db_user: "O'Brien",
    generate: true,
    create_if_missing: true,
    discard_old_password: false,
  },
  result: passwordChangeResultSchema,
});
