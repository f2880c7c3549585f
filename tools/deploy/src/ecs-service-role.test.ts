import { IAMClient } from '@aws-sdk/client-iam';
import { createEnsureEcsServiceRole } from './ecs-service-role.ts';

const named = (name: string, message = name): Error => Object.assign(new Error(message), { name });

/** IAM that answers so, by the names of its commands; `asked` are those that it received. */
function iamThat(answers: Readonly<Record<string, Error>>) {
  const client = new IAMClient({ region: 'eu-central-1' });
  const asked: string[] = [];
  const send = (command: object): Promise<object> => {
    const name = command.constructor.name;
    asked.push(name);
    return name in answers ? Promise.reject(answers[name] ?? new Error(name)) : Promise.resolve({});
  };
  Object.assign(client, { send });
  return { ensure: createEnsureEcsServiceRole(client), asked };
}

describe('the service-linked role of ECS', () => {
  it('is left as it is where the account has it', async () => {
    const { ensure, asked } = iamThat({});

    await ensure();

    expect(asked).toEqual(['GetRoleCommand']);
  });

  it('is made where the account lacks it', async () => {
    const { ensure, asked } = iamThat({ GetRoleCommand: named('NoSuchEntityException') });

    await ensure();

    expect(asked).toEqual(['GetRoleCommand', 'CreateServiceLinkedRoleCommand']);
  });

  it('may have been made by another deploy meanwhile', async () => {
    const taken = named(
      'InvalidInputException',
      'Service role name AWSServiceRoleForECS has been taken in this account',
    );
    const { ensure } = iamThat({
      GetRoleCommand: named('NoSuchEntityException'),
      CreateServiceLinkedRoleCommand: taken,
    });

    await expect(ensure()).resolves.toBeUndefined();
  });

  it('that cannot be made stops the deploy, with the reason', async () => {
    const { ensure } = iamThat({
      GetRoleCommand: named('NoSuchEntityException'),
      CreateServiceLinkedRoleCommand: named('AccessDeniedException'),
    });

    await expect(ensure()).rejects.toThrow('lack the right to make the role AWSServiceRoleForECS');
  });
});
