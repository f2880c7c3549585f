import { SSMClient } from '@aws-sdk/client-ssm';
import type { JobError } from '@serverless-ops/job-schemas';
import type { DatabaseParameter } from '@serverless-ops/names';
import { startScriptedAwsEndpoint, type ScriptedAnswer, type ScriptedAwsEndpoint } from '@serverless-ops/test-servers';
import { lookUpDatabase, type DatabaseValues } from './index.ts';

const PATH = '/serverlessops/databases/classicmodels/demo';
const REFERENCE = '/aws/reference/secretsmanager/rds!db-1f2e3d4c';

const parameter = (name: string, value: string, type = 'String') => ({
  Name: `${PATH}/${name}`,
  Value: value,
  Type: type,
});
const page = (...parameters: object[]): ScriptedAnswer => ({ result: { Parameters: parameters } });
const secret = (value: string): ScriptedAnswer => ({ result: { Parameter: { Name: REFERENCE, Value: value } } });

const HOST = parameter('db_host', 'db.example.com');
const PASSWORD = parameter('db_pass', 'hunter22', 'SecureString');

describe('looking up a database', () => {
  let endpoint: ScriptedAwsEndpoint;
  let client: SSMClient;

  afterEach(async () => {
    client.destroy();
    await endpoint.stop();
  });

  async function lookUp(answers: ScriptedAnswer[], alreadyGiven: DatabaseParameter[] = []): Promise<DatabaseValues> {
    endpoint = await startScriptedAwsEndpoint(answers);
    client = new SSMClient({ ...endpoint.clientConfig, maxAttempts: 1 });
    const database = { parameterPrefix: '/serverlessops', dbName: 'classicmodels', dbEnv: 'demo' };
    return lookUpDatabase({ client, ...database, alreadyGiven });
  }

  const failureOf = (lookUp: Promise<unknown>): Promise<JobError> =>
    lookUp.then(
      () => Promise.reject(new Error('expected the look-up to fail')),
      (error: unknown) => error as JobError,
    );

  it('reads its path with one call, decrypted', async () => {
    const values = await lookUp([page(HOST, PASSWORD)]);

    expect(values).toEqual({ db_host: 'db.example.com', db_pass: 'hunter22' });
    expect(endpoint.recorded).toEqual([
      { operation: 'GetParametersByPath', input: { Path: PATH, WithDecryption: true } },
    ]);
  });

  it('follows every page, an empty one too', async () => {
    const values = await lookUp([
      { result: { Parameters: [HOST], NextToken: 'page-2' } },
      { result: { Parameters: [], NextToken: 'page-3' } },
      page(PASSWORD),
    ]);

    expect(values).toEqual({ db_host: 'db.example.com', db_pass: 'hunter22' });
    expect(endpoint.recorded.map(({ input }) => input['NextToken'])).toEqual([undefined, 'page-2', 'page-3']);
  });

  it('leaves out what is not a setting of a database', async () => {
    await expect(lookUp([page(HOST, parameter('owner', 'XXX'))])).resolves.toEqual({ db_host: 'db.example.com' });
  });

  it('says which path holds nothing, and how to fill it', async () => {
    const error = await failureOf(lookUp([page()]));

    expect(error.code).toBe('ParameterMissing');
    expect(error.message).toBe(
      `Parameter Store has no parameter below ${PATH}. ` +
        'Check db_name and db_env of the job. If they are right, store the parameters: ' +
        'npx ops params push classicmodels demo. Then order the job again.',
    );
  });

  it('refuses placeholders and a password in clear text, all at once, and tells no password', async () => {
    const stored = page(
      parameter('db_host', 'CHANGE_ME'),
      parameter('db_user', 'XXX'),
      parameter('db_pass', 'hunter22'),
    );

    const error = await failureOf(lookUp([stored]));

    expect(error.code).toBe('ParameterInvalid');
    expect(error.message).toBe(
      `${PATH}/db_host is still a placeholder: store the real value. ` +
        `${PATH}/db_user is still a placeholder: store the real value. ` +
        `${PATH}/db_pass holds a password in clear text: store it as a SecureString, and change it.`,
    );
  });

  it('refuses a placeholder as the password, whatever its type', async () => {
    const error = await failureOf(lookUp([page(parameter('db_pass', 'mypassword', 'SecureString'))]));

    expect(error).toMatchObject({
      code: 'ParameterInvalid',
      message: `${PATH}/db_pass is still a placeholder: store the real value.`,
    });
  });

  it('refuses every value that ops refuses, and tells none of them', async () => {
    const stored = page(
      parameter('db_host', 'db.example.com:3306'),
      parameter('db_port', '0xCEA'),
      parameter('db_name', '..'),
      parameter('db_user', 'backup\n'),
      parameter('db_pass', 'hunter22\r\n', 'SecureString'),
      parameter('s3_bucket', 's3://vault/backups'),
      parameter('s3_path', 'a/../b'),
    );

    const error = await failureOf(lookUp([stored]));

    const lineBreak = 'ends with a line break, as "echo" adds one: store it without, as with "printf %s"';
    expect(error).toMatchObject({
      code: 'ParameterInvalid',
      message: [
        `${PATH}/db_host has a port in it: write the host alone, and the port into db_port. `,
        `${PATH}/db_port is no port: a number from 1 to 65535. `,
        `${PATH}/db_name is no name of a database. `,
        `${PATH}/db_user ${lineBreak}. `,
        `${PATH}/db_pass ${lineBreak}. `,
        `${PATH}/s3_bucket is a URI: write the name of the bucket alone, which is between "s3://" and the next "/". `,
        `${PATH}/s3_path has "." or ".." as a folder: write the path without them.`,
      ].join(''),
    });
  });

  it('leaves alone what is given otherwise', async () => {
    const stored = page(HOST, parameter('db_pass', 'CHANGE_ME'), parameter('db_user', REFERENCE));

    await expect(lookUp([stored], ['db_pass', 'db_user'])).resolves.toEqual({ db_host: 'db.example.com' });
  });

  it('refuses nothing for a dry run', async () => {
    const stored = page(parameter('db_host', 'dummy-dryrun'), parameter('db_pass', 'CHANGE_ME'));

    await expect(lookUp([stored])).resolves.toEqual({ db_host: 'dummy-dryrun' });
  });

  describe('that refers to Secrets Manager', () => {
    const USER = parameter('db_user', REFERENCE);
    const PASS = parameter('db_pass', REFERENCE);

    it('takes user and password from a secret that RDS manages, read once', async () => {
      const values = await lookUp([page(USER, PASS), secret('{"username":"admin","password":"hunter22"}')]);

      expect(values).toEqual({ db_user: 'admin', db_pass: 'hunter22' });
      expect(endpoint.recorded.slice(1)).toEqual([
        { operation: 'GetParameter', input: { Name: REFERENCE, WithDecryption: true } },
      ]);
    });

    it.each(['hunter22', '{hunter22', '271828', '"hunter22"'])(
      'takes a secret that is no JSON object as it is: %s',
      async (text) => {
        await expect(lookUp([page(PASS), secret(text)])).resolves.toEqual({ db_pass: text });
      },
    );

    it('refuses a secret without the field', async () => {
      const error = await failureOf(lookUp([page(PASS), secret('{"username":"admin","password":1}')]));

      expect(error).toMatchObject({
        code: 'ParameterInvalid',
        message: `${PATH}/db_pass refers to ${REFERENCE}, a secret without a field for it.`,
      });
    });

    it('refuses a secret that does not exist', async () => {
      const error = await failureOf(lookUp([page(PASS), { error: 'ParameterNotFound' }]));

      expect(error).toMatchObject({
        code: 'ParameterInvalid',
        message: `${PATH}/db_pass refers to ${REFERENCE}, a secret that does not exist.`,
      });
    });

    it('refuses a secret that is a placeholder', async () => {
      const error = await failureOf(lookUp([page(PASS), secret('CHANGE_ME')]));

      expect(error).toMatchObject({
        code: 'ParameterInvalid',
        message: `${PATH}/db_pass refers to ${REFERENCE}, which is still a placeholder: store the real value.`,
      });
    });

    it('refuses a secret that ends with a line break', async () => {
      const error = await failureOf(lookUp([page(PASS), secret('hunter22\n')]));

      expect(error.code).toBe('ParameterInvalid');
      expect(error.message).toContain(`${PATH}/db_pass refers to ${REFERENCE}, which ends with a line break`);
      expect(error.message).not.toContain('hunter22');
    });

    it('refuses a reference that cannot be followed, and does not try', async () => {
      const error = await failureOf(lookUp([page(parameter('db_pass', `${REFERENCE}\n`))]));

      expect(error.message).toContain(`${PATH}/db_pass ends with a line break`);
      expect(endpoint.recorded).toHaveLength(1);
    });

    it('says which right is missing', async () => {
      const error = await failureOf(lookUp([page(PASS), { error: 'AccessDeniedException', message: 'no' }]));

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
      const error = await failureOf(lookUp([{ error: name, message: 'User x is not authorized' }]));

      expect(error).toMatchObject({
        code: 'AccessDenied',
        message:
          `Reading the parameters below ${PATH} was refused: User x is not authorized. ` +
          "Allow the job's role ssm:GetParametersByPath and kms:Decrypt.",
        cause: { name },
      });
    },
  );

  it.each<[string, ScriptedAnswer, string]>([
    ['an error of the service', { error: 'InternalServerError', status: 500 }, 'ServiceThrottled'],
    ['throttling', { error: 'ThrottlingException' }, 'ServiceThrottled'],
    ['a cut connection', { fault: 'cut' }, 'ServiceUnreachable'],
  ])('says what failed, with its cause: %s', async (_, answer, code) => {
    const error = await failureOf(lookUp([answer]));

    expect(error.code).toBe(code);
    expect(error.message).toMatch(new RegExp(`^Reading the parameters below ${PATH} failed: .*[oO]rder the job again`));
    expect(error.cause).toBeInstanceOf(Error);
  });
});
