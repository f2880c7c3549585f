import { CreateServiceLinkedRoleCommand, GetRoleCommand, type IAMClient } from '@aws-sdk/client-iam';
import { describeAwsProblem } from '@serverless-ops/aws-problem';
import { NotReadyError } from './errors.ts';

/**
 * The role by which ECS works on networks and load balancers of an account. ECS makes it at the first use of its console
 * or API, yet CloudFormation gives a cluster its capacity providers too soon after that, and the first deploy into an
 * empty account fails (aws-cloudformation/cloudformation-coverage-roadmap, issue 818).
 */
const ROLE = 'AWSServiceRoleForECS';

/** Makes the role unless the account has it. */
export type EnsureEcsServiceRole = () => Promise<void>;

export function createEnsureEcsServiceRole(client: IAMClient): EnsureEcsServiceRole {
  return async () => {
    try {
      await client.send(new GetRoleCommand({ RoleName: ROLE }));
      return;
    } catch (cause) {
      if (nameOf(cause) !== 'NoSuchEntityException' && nameOf(cause) !== 'NoSuchEntity') {
        throw new NotReadyError(describeAwsProblem(cause, `look for the role ${ROLE}`), { cause });
      }
    }
    try {
      await client.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: 'ecs.amazonaws.com' }));
    } catch (cause) {
      // Another deploy has made it meanwhile: "Service role name AWSServiceRoleForECS has been taken in this account".
      if (cause instanceof Error && cause.message.includes('has been taken')) return;
      throw new NotReadyError(describeAwsProblem(cause, `make the role ${ROLE}`), { cause });
    }
  };
}

function nameOf(error: unknown): string | undefined {
  return error instanceof Error ? error.name : undefined;
}
