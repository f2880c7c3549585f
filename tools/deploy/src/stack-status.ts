import { DescribeStacksCommand, type CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { describeAwsProblem } from '@serverless-ops/aws-problem';
import { NotReadyError } from './errors.ts';

/** Asks CloudFormation for the status of a stack, such as `UPDATE_COMPLETE`; `undefined` when the stack does not exist. */
export type FindStackStatus = (stackName: string) => Promise<string | undefined>;

/** What a successful deploy leaves. After a rollback the stack has the resources of an earlier deploy, or none. */
const DEPLOYED = ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'IMPORT_COMPLETE'];

export function createFindStackStatus(client: CloudFormationClient): FindStackStatus {
  return async (StackName) => {
    try {
      const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName }));
      return Stacks[0]?.StackStatus;
    } catch (cause) {
      // CloudFormation has no error of its own for it: "Stack with id acme-api does not exist".
      if (cause instanceof Error && cause.name === 'ValidationError' && cause.message.endsWith('does not exist')) {
        return undefined;
      }
      throw new NotReadyError(describeAwsProblem(cause, `describe the stack ${StackName}`), { cause });
    }
  };
}

/** Why a stack does not count as deployed, whatever was recorded; `undefined` when it does. */
export async function stackProblem(stackNames: readonly string[], find: FindStackStatus): Promise<string | undefined> {
  for (const name of stackNames) {
    const status = await find(name);
    if (status === undefined) return `the stack ${name} does not exist`;
    if (!DEPLOYED.includes(status)) return `the stack ${name} is ${status}`;
  }
  return undefined;
}
