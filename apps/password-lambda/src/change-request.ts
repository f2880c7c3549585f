import { passwordChangeOptionsSchema } from '@serverless-ops/job-schemas';
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
  parameters: z.strictObject({
    admin_user: parameterName,
    admin_password: parameterName,
    password: parameterName,
    password_pending: parameterName,
    last_change: parameterName,
  }),
});

export type ChangeRequest = z.output<typeof changeRequestSchema>;
