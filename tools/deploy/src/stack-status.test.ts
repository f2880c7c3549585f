import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { createFindStackStatus, stackProblem } from './stack-status.ts';

/** A client whose one answer this is. */
function clientWith(answer: object | Error): CloudFormationClient {
  const client = new CloudFormationClient({ region: 'eu-central-1' });
  const send = (): Promise<object> => (answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer));
  return Object.assign(client, { send });
}

const named = (name: string, message: string): Error => Object.assign(new Error(message), { name });

describe('the status of a stack', () => {
  it.each(['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'])(
    '%s counts as deployed',
    async (status) => {
      const find = createFindStackStatus(clientWith({ Stacks: [{ StackStatus: status }] }));

      await expect(stackProblem(['acme-api'], find)).resolves.toBeUndefined();
    },
  );

  it.each([
    'ROLLBACK_COMPLETE',
    'UPDATE_ROLLBACK_COMPLETE',
    'UPDATE_ROLLBACK_FAILED',
    'DELETE_FAILED',
    'CREATE_FAILED',
  ])('%s does not', async (status) => {
    const find = createFindStackStatus(clientWith({ Stacks: [{ StackStatus: status }] }));

    await expect(stackProblem(['acme-api'], find)).resolves.toBe(`the stack acme-api is ${status}`);
  });

  it('is none when the stack does not exist', async () => {
    const find = createFindStackStatus(clientWith(named('ValidationError', 'Stack with id acme-api does not exist')));

    await expect(stackProblem(['acme-api'], find)).resolves.toBe('the stack acme-api does not exist');
  });

  it('that may not be asked for stops the deploy, with the right that is missing', async () => {
    const find = createFindStackStatus(clientWith(named('AccessDeniedException', 'no')));

    await expect(find('acme-api')).rejects.toThrow('lack the right to describe the stack acme-api');
  });
});
