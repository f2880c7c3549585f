import type { Grant } from '@serverless-ops/parameter-rules';
import { grantStatement } from '../grant/grant-statement.ts';
import type { AdminSession } from './admin-session.ts';

/** Gives a new account its rights. Throws JobError AccessDenied, and ParameterInvalid for what the server cannot grant. */
export async function grantRights(grant: Grant, user: string, session: AdminSession): Promise<void> {
  const [restricted] = await session.query(`SHOW GLOBAL VARIABLES LIKE 'partial_revokes'`);
  await session.query(grantStatement(grant, user, { wildcards: restricted?.['Value'] !== 'ON' }));
}
