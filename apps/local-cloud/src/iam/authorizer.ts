import { AwsError } from '../endpoint/aws-error.ts';
import type { Principal } from '../endpoint/service.ts';
import { evaluate } from './evaluate.ts';
import type { Permission } from './permission.ts';
import type { Roles } from './roles.ts';

/** Lets a principal do something or throws the error that AWS answers. */
export type Authorize = (principal: Principal, permission: Permission) => void;

/** The account's own user may do everything; a role what its policies allow. */
export function createAuthorizer(roles: Roles): Authorize {
  return (principal, permission) => {
    if (principal.kind === 'account') return;
    const own = roles.find(principal.roleArn)?.statements ?? [];
    const ofResource = (permission.resourcePolicy ?? []).filter(({ principals }) =>
      principals['AWS']?.some((who) => who === '*' || who === principal.roleArn),
    );
    const decision = evaluate([...own, ...ofResource], permission);
    if (decision !== 'allowed') throw accessDenied(principal, permission, decision);
  };
}

function accessDenied(
  principal: Principal & { kind: 'role' },
  { action, resource }: Permission,
  decision: 'explicit-deny' | 'implicit-deny',
): AwsError {
  const because =
    decision === 'explicit-deny'
      ? 'with an explicit deny in an identity-based policy'
      : `because no identity-based policy allows the ${action} action`;
  const on = resource === '*' ? '' : ` on resource: ${resource}`;
  const message = `User: ${sessionArn(principal)} is not authorized to perform: ${action}${on} ${because}`;
  return new AwsError(accessDeniedCode(action), message, action.startsWith('s3:') ? 403 : 400);
}

/** ARN under which AWS speaks of somebody who uses a role. */
export function sessionArn({ roleArn, sessionName = 'local-cloud' }: Principal & { kind: 'role' }): string {
  const [, , , , accountId = ''] = roleArn.split(':');
  return `arn:aws:sts::${accountId}:assumed-role/${roleArn.split('/').at(-1) ?? ''}/${sessionName}`;
}

function accessDeniedCode(action: string): string {
  if (action.startsWith('sns:')) return 'AuthorizationError';
  return action.startsWith('s3:') || action.startsWith('sts:') ? 'AccessDenied' : 'AccessDeniedException';
}
