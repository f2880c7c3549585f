import { SSMClient } from '@aws-sdk/client-ssm';
import { startScriptedAwsEndpoint, type ScriptedAnswer, type ScriptedAwsEndpoint } from '@serverless-ops/test-servers';
import { lookUpCredentials, type Credentials } from './index.ts';

const USER = '/ops/database_admins/shop/demo/db_user';
const PASSWORD = '/ops/database_admins/shop/demo/db_pass';
const REFERENCE = '/aws/reference/secretsmanager/rds!db-1f2e3d4c';

const user = (Value: string) => ({ Name: USER, Value, Type: 'String' });
const password = (Value: string, Type = 'SecureString') => ({ Name: PASSWORD, Value, Type });
const found = (...parameters: object[]): ScriptedAnswer => ({ result: { Parameters: parameters } });

describe('looking up what to log in with', () => {
  let endpoint: ScriptedAwsEndpoint;
  let client: SSMClient;

  afterEach(async () => {
    client.destroy();
    await endpoint.stop();
  });

  async function lookUp(...answers: ScriptedAnswer[]): Promise<Credentials> {
    endpoint = await startScriptedAwsEndpoint(answers);
    client = new SSMClient({ ...endpoint.clientConfig, maxAttempts: 1 });
    return lookUpCredentials({ client, userParameter: USER, passwordParameter: PASSWORD });
  }

  it('reads both with one call, decrypted', async () => {
    await expect(lookUp(found(password('hunter22'), user('admin')))).resolves.toEqual({
      user: 'admin',
      password: 'hunter22',
    });

    expect(endpoint.recorded).toEqual([
      { operation: 'GetParameters', input: { Names: [USER, PASSWORD], WithDecryption: true } },
    ]);
  });

  it('follows references to a secret that RDS manages, read once', async () => {
    const secret = { result: { Parameter: { Name: REFERENCE, Value: '{"username":"admin","password":"hunter22"}' } } };

    await expect(lookUp(found(user(REFERENCE), password(REFERENCE, 'String')), secret)).resolves.toEqual({
      user: 'admin',
      password: 'hunter22',
    });
    expect(endpoint.recorded).toHaveLength(2);
  });

  it('names everything that is missing', async () => {
    await expect(lookUp(found())).rejects.toMatchObject({
      code: 'ParameterMissing',
      message:
        `These parameters are missing in Parameter Store: ${USER}, ${PASSWORD}. Create them (the password as a SecureString) and ` +
        'order the job again.',
    });
  });

  it('refuses placeholders and a password in clear text, all at once, and tells no password', async () => {
    await expect(lookUp(found(user('CHANGE_ME'), password('hunter22', 'String')))).rejects.toMatchObject({
      code: 'ParameterInvalid',
      message:
        `${USER} is still a placeholder: store the real value. ` +
        `${PASSWORD} holds a password in clear text: store it as a SecureString, and change it.`,
    });
  });

  it('says which rights are missing', async () => {
    await expect(lookUp({ error: 'AccessDeniedException', message: 'no' })).rejects.toMatchObject({
      code: 'AccessDenied',
      message: `Reading ${USER}, ${PASSWORD} was refused: no. Allow the job's role ssm:GetParameters and kms:Decrypt.`,
    });
  });
});
