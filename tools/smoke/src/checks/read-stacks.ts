import { DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import type { Check } from '../check.ts';
import { CheckFailedError } from '../errors.ts';
import type { Scene } from '../scene.ts';

/** The stacks of an installation, after the name prefix. */
const STACKS = ['foundation', 'mysql-worker', 'password-lambda', 'job-watcher', 'api'];

export const readStacks: Check = {
  what: 'The stacks are deployed',
  actions: ['cloudformation:DescribeStacks'],
  isRequired: true,
  async perform(scene) {
    let place = '';
    for (const name of STACKS.map((each) => `${scene.namePrefix}-${each}`)) {
      const stack = await findStack(scene, name);
      if (!/^(CREATE|UPDATE|UPDATE_ROLLBACK|IMPORT)_COMPLETE$/.test(stack.StackStatus ?? '')) {
        throw new CheckFailedError(
          `The stack ${name} is ${stack.StackStatus}.`,
          'Look at its events in the CloudFormation console, then deploy again: npm run deploy',
        );
      }
      for (const { OutputKey: key = '', OutputValue: value = '' } of stack.Outputs ?? []) scene.outputs.set(key, value);
      const [, , , region, account] = (stack.StackId ?? '').split(':');
      place = `account ${account}, region ${region}`;
    }
    return place;
  },
};

async function findStack({ aws }: Scene, name: string): Promise<Stack> {
  try {
    const { Stacks: [stack] = [] } = await aws.cloudFormation.send(new DescribeStacksCommand({ StackName: name }));
    if (stack) return stack;
  } catch (error) {
    // The only way in which CloudFormation says that there is no such stack.
    if (!(error as Error).message.includes('does not exist')) throw error;
  }
  throw new CheckFailedError(
    `There is no stack ${name} in this account and region.`,
    'Look whether credentials, AWS_REGION and global.name_prefix of settings.yml are those of the installation, or deploy: npm run deploy',
  );
}
