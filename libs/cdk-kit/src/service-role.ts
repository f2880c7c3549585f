import { PolicyDocument, Role, ServicePrincipal, type PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { OpsStack } from './ops-stack.ts';

/** Services that say on whose behalf they take on a role. Lambda and API Gateway's integrations do not. */
const SERVICES_WITH_SOURCE_ACCOUNT = ['ecs-tasks', 'states'] as const;

export interface ServiceRoleProps {
  /** First part of the service's name: `ecs-tasks` for `ecs-tasks.amazonaws.com`. */
  readonly service: 'lambda' | (typeof SERVICES_WITH_SOURCE_ACCOUNT)[number];
  readonly description: string;
  /** Everything the role may do; no managed policy is added. */
  readonly statements: readonly PolicyStatement[];
}

/** A role for one service, in this account alone (the "confused deputy" problem), that may do what is listed. */
export function createServiceRole(stack: OpsStack, id: string, props: ServiceRoleProps): Role {
  const { service, description, statements } = props;
  const sendsAccount = SERVICES_WITH_SOURCE_ACCOUNT.some((name) => name === service);
  return new Role(stack, id, {
    description,
    assumedBy: new ServicePrincipal(`${service}.amazonaws.com`, {
      ...(sendsAccount && { conditions: { StringEquals: { 'aws:SourceAccount': stack.account } } }),
    }),
    // An empty policy is refused by IAM.
    ...(statements.length > 0 && {
      inlinePolicies: { permissions: new PolicyDocument({ statements: [...statements] }) },
    }),
  });
}
