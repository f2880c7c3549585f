import { SSMClient } from '@aws-sdk/client-ssm';
import type { JobError } from '@serverless-ops/job-schemas';
import type { DatabaseParameter } from '@serverless-ops/names';
import {
  startScriptedAwsEndpoint,
  startScriptedParameterStore,
  type ParameterStoreFault,
  type ScriptedParameterStore,
} from '@serverless-ops/test-servers';
import { lookUpDatabase, type DatabaseValues } from './index.ts';

const PATH = '/serverlessops/databases/classicmodels/demo';
const DATABASE = { parameterPrefix: '/serverlessops', dbName: 'classicmodels', dbEnv: 'demo' };
const REFERENCE = '/aws/reference/secretsmanager/rds!db-1f2e3d4c';

describe('looking up a database', () => {
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

  /** Each in clear text. */
  function put(values: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(values)) store.put(`${PATH}/${name}`, value, 'String');
  }

  function putPassword(value: string): void {
    store.put(`${PATH}/db_pass`, value, 'SecureString');
  }

  function lookUp(alreadyGiven: DatabaseParameter[] = []): Promise<DatabaseValues> {
    return lookUpDatabase({ ...DATABASE, client, alreadyGiven });
  }

  const failure = (): Promise<JobError> =>
    lookUp().then(
      () => Promise.reject(new Error('expected the look-up to fail')),
      (error: unknown) => error as JobError,
    );

  it('reads its path with one call, decrypted', async () => {
    put({ db_host: 'db.example.com' });
    putPassword('hunter22');

    const values = await lookUp();

    expect(values).toEqual({ db_host: 'db.example.com', db_pass: 'hunter22' });
    expect(store.recorded).toEqual([{ operation: 'GetParametersByPath', input: { Path: PATH, WithDecryption: true } }]);
  });

  it('follows every page', async () => {
    put(Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`a${index}`, 'of something else'])));
    put({ db_host: 'db.example.com' });

    await expect(lookUp()).resolves.toEqual({ db_host: 'db.example.com' });
    expect(store.recorded).toHaveLength(2);
  });

  // Scripted: Parameter Store may answer with an empty page that is not the last, and the fake never does.
  it('follows an empty page, too', async () => {
    const found = { Name: `${PATH}/db_host`, Value: 'db.example.com', Type: 'String' };
    const endpoint = await startScriptedAwsEndpoint([
      { result: { Parameters: [], NextToken: 'page-2' } },
      { result: { Parameters: [found] } },
    ]);
    const other = new SSMClient(endpoint.clientConfig);

    const values = await lookUpDatabase({ ...DATABASE, client: other });
    other.destroy();
    await endpoint.stop();

    expect(values).toEqual({ db_host: 'db.example.com' });
    expect(endpoint.recorded.map(({ input }) => input['NextToken'])).toEqual([undefined, 'page-2']);
  });

  it('leaves out what is not a setting of a database', async () => {
    put({ db_host: 'db.example.com', owner: 'XXX' });

    await expect(lookUp()).resolves.toEqual({ db_host: 'db.example.com' });
  });

  it('says which path holds nothing, and how to fill it', async () => {
    const error = await failure();

    expect(error.code).toBe('ParameterMissing');
    expect(error.message).toBe(
      `Parameter Store has no parameter below ${PATH}. ` +
        'Check db_name and db_env of the job. If they are right, store the parameters: ' +
        'npx ops params push classicmodels demo. Then order the job again.',
    );
  });

  it('refuses placeholders and a password in clear text, all at once, and tells no password', async () => {
    put({ db_host: 'CHANGE_ME', db_user: 'XXX', db_pass: 'hunter22' });

    const error = await failure();

    expect(error.code).toBe('ParameterInvalid');
    expect(error.message).toBe(
      `${PATH}/db_host is still a placeholder: store the real value. ` +
        `${PATH}/db_pass holds a password in clear text: store it as a SecureString, and change it. ` +
        `${PATH}/db_user is still a placeholder: store the real value.`,
    );
  });

  it('refuses a placeholder as the password, whatever its type', async () => {
    putPassword('mypassword');

    const error = await failure();

    expect(error).toMatchObject({
      code: 'ParameterInvalid',
      message: `${PATH}/db_pass is still a placeholder: store the real value.`,
    });
  });

  it('refuses every value that ops refuses, and tells none of them', async () => {
    put({
      db_host: 'db.example.com:3306',
      db_port: '0xCEA',
      db_name: '..',
      db_user: 'backup\n',
      s3_bucket: 's3://vault/backups',
      s3_path: 'a/../b',
    });
    putPassword('hunter22\r\n');

    const error = await failure();

    const lineBreak = 'ends with a line break, as "echo" adds one: store it without, as with "printf %s"';
    expect(error).toMatchObject({
      code: 'ParameterInvalid',
      message: [
        `${PATH}/db_host has a port in it: write the host alone, and the port into db_port. `,
        `${PATH}/db_name is no name of a database. `,
        `${PATH}/db_pass ${lineBreak}. `,
        `${PATH}/db_port is no port: a number from 1 to 65535. `,
        `${PATH}/db_user ${lineBreak}. `,
        `${PATH}/s3_bucket is a URI: write the name of the bucket alone, which is between "s3://" and the next "/". `,
        `${PATH}/s3_path has "." or ".." as a folder: write the path without them.`,
      ].join(''),
    });
  });

  it('leaves alone what is given otherwise', async () => {
    put({ db_host: 'db.example.com', db_pass: 'CHANGE_ME', db_user: REFERENCE });

    await expect(lookUp(['db_pass', 'db_user'])).resolves.toEqual({ db_host: 'db.example.com' });
  });

  it('refuses nothing for a dry run', async () => {
    put({ db_host: 'dummy-dryrun', db_pass: 'CHANGE_ME' });

    await expect(lookUp()).resolves.toEqual({ db_host: 'dummy-dryrun' });
  });

  describe('that refers to Secrets Manager', () => {
    const putSecret = (value: string): void => void store.parameters.secrets.set('rds!db-1f2e3d4c', value);

    beforeEach(() => put({ db_pass: REFERENCE }));

    it('takes user and password from a secret that RDS manages, read once', async () => {
      put({ db_user: REFERENCE });
      putSecret('{"username":"admin","password":"hunter22"}');

      const values = await lookUp();

      expect(values).toEqual({ db_user: 'admin', db_pass: 'hunter22' });
      expect(store.recorded.slice(1)).toEqual([
        { operation: 'GetParameter', input: { Name: REFERENCE, WithDecryption: true } },
      ]);
    });

    it.each(['hunter22', '{hunter22', '271828', '"hunter22"'])(
      'takes a secret that is no JSON object as it is: %s',
      async (text) => {
        putSecret(text);

        await expect(lookUp()).resolves.toEqual({ db_pass: text });
      },
    );

    it('refuses a secret without the field', async () => {
      putSecret('{"username":"admin","password":1}');

      const error = await failure();

      expect(error).toMatchObject({
        code: 'ParameterInvalid',
        message: `${PATH}/db_pass refers to ${REFERENCE}, a secret without a field for it.`,
      });
    });

    it('refuses a secret that does not exist', async () => {
      const error = await failure();

      expect(error).toMatchObject({
        code: 'ParameterInvalid',
        message: `${PATH}/db_pass refers to ${REFERENCE}, a secret that does not exist.`,
      });
    });

    it('refuses a secret that is a placeholder', async () => {
      putSecret('CHANGE_ME');

      const error = await failure();

      expect(error).toMatchObject({
        code: 'ParameterInvalid',
        message: `${PATH}/db_pass refers to ${REFERENCE}, which is still a placeholder: store the real value.`,
      });
    });

    it('refuses a secret that ends with a line break', async () => {
      putSecret('hunter22\n');

      const error = await failure();

      expect(error.code).toBe('ParameterInvalid');
      expect(error.message).toContain(`${PATH}/db_pass refers to ${REFERENCE}, which ends with a line break`);
      expect(error.message).not.toContain('hunter22');
    });

    it('refuses a reference that cannot be followed, and does not try', async () => {
      put({ db_pass: `${REFERENCE}\n` });

      const error = await failure();

      expect(error.message).toContain(`${PATH}/db_pass ends with a line break`);
      expect(store.recorded).toHaveLength(1);
    });

    it('says which right is missing', async () => {
      store.strike('GetParameter', { error: 'AccessDeniedException', message: 'no' });

      const error = await failure();

      expect(error).toMatchObject({
        code: 'AccessDenied',
        message:
          `Reading ${REFERENCE} was refused: no. ` +
          "Allow the job's role ssm:GetParameter, secretsmanager:GetSecretValue and kms:Decrypt.",
      });
    });
  });

  it.each(['AccessDeniedException', 'ExpiredTokenException', 'UnrecognizedClientException'])(
    'says that AWS refused: %s',
    async (name) => {
      store.strike('GetParametersByPath', { error: name, message: 'User x is not authorized' });

      const error = await failure();

      expect(error).toMatchObject({
        code: 'AccessDenied',
        message:
          `Reading the parameters below ${PATH} was refused: User x is not authorized. ` +
          "Allow the job's role ssm:GetParametersByPath and kms:Decrypt.",
        cause: { name },
      });
    },
  );

  it.each<[string, ParameterStoreFault, string]>([
    ['an error of the service', { error: 'InternalServerError', status: 500 }, 'ServiceThrottled'],
    ['throttling', { error: 'ThrottlingException' }, 'ServiceThrottled'],
    ['a cut connection', 'cut', 'ServiceUnreachable'],
  ])('says what failed, with its cause: %s', async (_, fault, code) => {
    store.strike('GetParametersByPath', fault);

    const error = await failure();

    expect(error.code).toBe(code);
    expect(error.message).toMatch(new RegExp(`^Reading the parameters below ${PATH} failed: .*[oO]rder the job again`));
    expect(error.cause).toBeInstanceOf(Error);
  });
});
