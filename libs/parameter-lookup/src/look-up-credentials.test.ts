import { SSMClient } from '@aws-sdk/client-ssm';
import { startScriptedParameterStore, type ScriptedParameterStore } from '@serverless-ops/test-servers';
import { lookUpCredentials, type Credentials } from './index.ts';

const USER = '/ops/database_admins/shop/demo/db_user';
const PASSWORD = '/ops/database_admins/shop/demo/db_pass';
const REFERENCE = '/aws/reference/secretsmanager/rds!db-1f2e3d4c';

describe('looking up what to log in with', () => {
  let store: ScriptedParameterStore;
  let client: SSMClient;

  beforeEach(async () => {
    store = await startScriptedParameterStore();
    client = new SSMClient({ ...store.clientConfig, maxAttempts: 1 });
  });
  afterEach(async () => {
    client.destroy();
    await store.stop();
  });

  const lookUp = (): Promise<Credentials> =>
    lookUpCredentials({ client, userParameter: USER, passwordParameter: PASSWORD });

  it('reads both with one call, decrypted', async () => {
    store.put(USER, 'admin', 'String');
    store.put(PASSWORD, 'hunter22');

    await expect(lookUp()).resolves.toEqual({ user: 'admin', password: 'hunter22' });

    expect(store.recorded).toEqual([
      { operation: 'GetParameters', input: { Names: [USER, PASSWORD], WithDecryption: true } },
    ]);
  });

  it('follows references to a secret that RDS manages, read once', async () => {
    store.put(USER, REFERENCE, 'String');
    store.put(PASSWORD, REFERENCE, 'String');
    store.parameters.secrets.set('rds!db-1f2e3d4c', '{"username":"admin","password":"hunter22"}');

    await expect(lookUp()).resolves.toEqual({ user: 'admin', password: 'hunter22' });

    expect(store.recorded).toHaveLength(2);
  });

  it('names everything that is missing', async () => {
    await expect(lookUp()).rejects.toMatchObject({
      code: 'ParameterMissing',
      message:
        `These parameters are missing in Parameter Store: ${USER}, ${PASSWORD}. Create them (the password as a SecureString) and ` +
        'order the job again.',
    });
  });

  it('refuses placeholders and a password in clear text, all at once, and tells no password', async () => {
    store.put(USER, 'CHANGE_ME', 'String');
    store.put(PASSWORD, 'hunter22', 'String');

    await expect(lookUp()).rejects.toMatchObject({
      code: 'ParameterInvalid',
      message:
        `${USER} is still a placeholder: store the real value. ` +
        `${PASSWORD} holds a password in clear text: store it as a SecureString, and change it.`,
    });
  });

  it('says which rights are missing', async () => {
    store.strike('GetParameters', { error: 'AccessDeniedException', message: 'no' });

    await expect(lookUp()).rejects.toMatchObject({
      code: 'AccessDenied',
      message: `Reading ${USER}, ${PASSWORD} was refused: no. Allow the job's role ssm:GetParameters and kms:Decrypt.`,
    });
  });
});
