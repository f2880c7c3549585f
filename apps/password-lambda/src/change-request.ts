import { passwordChangeOptionsSchema } from '@serverless-ops/job-schemas';
import { ACCOUNT_KINDS } from '@serverless-ops/names';
import * as z from 'zod';

const parameterName = z.string().min(1);

/**
 * What `look-up` hands to `change`: the request, the server it is for, and the names of the parameters that hold
 * secrets. It travels through Step Functions, where everybody who may describe an execution reads it, so no secret
 * itself is ever in it.
 */
export const changeRequestSchema = z.strictObject({
  job_id: z.string().min(1),
  ...passwordChangeOptionsSchema.shape,
  server: z.strictObject({ host: z.string().min(1), port: z.int().min(1).max(65_535) }),
  /** The database, as the server calls it. */
  schema: z.string().min(1),
  /** Text of the grant for a new account; null when none is to be created. */
  grant: z.string().nullable(),
  /** The registration of the account by operations. */
  account: z.enum(ACCOUNT_KINDS),
  /** Path of everything in Parameter Store, such as `/serverlessops`: other databases may log in with the account. */
  parameter_prefix: parameterName,
  parameters: z.strictObject({
    admin_user: parameterName,
    admin_password: parameterName,
    password: parameterName,
    new_password: parameterName,
    password_pending: parameterName,
    last_change: parameterName,
  }),
});

export type ChangeRequest = z.output<typeof changeRequestSchema>;
