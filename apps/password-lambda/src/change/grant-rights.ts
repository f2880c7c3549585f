import { JobError } from '@serverless-ops/job-schemas';
import type { Grant } from '../grant/grant.ts';
import { grantStatement } from '../grant/grant-statement.ts';
import type { AdminSession } from './admin-session.ts';

/** Gives a new account its rights. Throws JobError AccessDenied, and ParameterInvalid for what the server cannot grant. */
export async function grantRights(grant: Grant, user: string, session: AdminSession): Promise<void> {
  const [restricted] = await session.query(`SHOW GLOBAL VARIABLES LIKE 'partial_revokes'`);
  const wildcards = restricted?.['Value'] !== 'ON';
  await session.query(grantStatement(grant, user, { wildcards })).catch((error: unknown) => {
    const refusal = error instanceof JobError && error.code === 'InternalError' ? error : undefined;
    if (refusal === undefined) throw error;
    throw new JobError(
      'ParameterInvalid',
      `The server cannot grant what the parameter "grant" says: ${refusal.message} The account exists and has no ` +
        'rights yet. Correct the grant and order the job again, with create_if_missing: it takes up from here.',
      { cause: refusal.cause },
    );
  });
}
