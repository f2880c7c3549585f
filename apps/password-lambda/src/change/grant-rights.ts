import type { Grant } from '@serverless-ops/parameter-rules';
import { grantedRights, grantStatement } from '../grant/grant-statement.ts';
import type { AdminSession } from './admin-session.ts';

/** Gives a new account its rights. Throws JobError AccessDenied, and ParameterInvalid for what the server cannot grant. */
export async function grantRights(grant: Grant, user: string, session: AdminSession): Promise<void> {
  const form = { wildcards: session.variable('partial_revokes') !== 'ON' };
  const missingRight = `${grantedRights(grant, form)} WITH GRANT OPTION`;
  await session.query(grantStatement(grant, user, form), { grants: true, missingRight });
}
