import { SSMClient, DescribeParametersCommand } from '@aws-sdk/client-ssm';
import { startScriptedParameterStore, type ScriptedParameterStore } from '@serverless-ops/test-servers';
import { startOps, type OpsAtWork } from '../testing/ops-at-work.ts';

const SECRET = 'corr3ct-h0rse';
const REFERENCE = '/aws/reference/secretsmanager/rds!db-1f2e3d4c';

let parameterStore: ScriptedParameterStore;
let ops: OpsAtWork;
let installations = 0;
let prefix: string;
let path: string;

beforeAll(async () => (parameterStore = await startScriptedParameterStore({ keys: ['alias/serverlessops'] })));
afterAll(() => parameterStore.stop());
beforeEach(() => {
  prefix = `/push${(installations += 1)}`;
  path = `${prefix}/databases/shop/prod`;
  ops = startOps(parameterStore.clientConfig, `global: { parameter_prefix: ${prefix} }`);
});
afterEach(() => ops.finish());

const push = (...words: string[]): string[] => ['params', 'push', 'shop', 'prod', ...words];

describe('ops params push', () => {
  it('takes values from the environment, secrets first, and tells name, version and type of what it wrote', async () => {
    const env = { DB_HOST: 'db.example.com', DB_PASS: SECRET };

    const outcome = await ops.run(push('--from-env', 'db_host=DB_HOST', '--from-env', 'db_pass=DB_PASS'), { env });

    expect(outcome).toEqual({
      exitCode: 0,
      said: [
        `WRITTEN${' '.repeat(path.length + 1)}  VERSION  TYPE`,
        `${path}/db_pass  1        SecureString`,
        `${path}/db_host  1        String`,
        '',
      ].join('\n'),
      complained: '',
      asked: [],
    });
    expect(await ops.stored(`${path}/db_pass`)).toBe(`SecureString ${SECRET}`);
    expect(await ops.stored(`${path}/db_host`)).toBe('String db.example.com');
  });

  it('encrypts with the key of the installation', async () => {
    await ops.run(push('db_pass', '--stdin'), { stdin: SECRET });

    const client = new SSMClient(parameterStore.clientConfig);
    const filter = { Key: 'Name', Values: [`${path}/db_pass`] };
    const { Parameters } = await client.send(new DescribeParametersCommand({ ParameterFilters: [filter] }));
    client.destroy();
    expect(Parameters).toMatchObject([{ KeyId: 'alias/serverlessops' }]);
  });

  it.each([
    ['s3cret\n', 's3cret'],
    ['s3cret\r\n', 's3cret'],
    ['s3cret', 's3cret'],
  ])('takes %j from standard input, its line end cut off', async (stdin, expected) => {
    await ops.run(push('db_pass', '--stdin'), { stdin });

    expect(await ops.stored(`${path}/db_pass`)).toBe(`SecureString ${expected}`);
  });

  it('asks, without names, for what is missing or still a placeholder, and for secrets twice and hidden', async () => {
    await ops.put(`${path}/db_host`, 'CHANGE_ME');
    await ops.put(`${path}/db_user`, 'backup');
    await ops.put(`${path}/s3_bucket`, 'backups');

    const { asked, exitCode } = await ops.run(push(), { answers: ['db.example.com', SECRET, SECRET, 'daily'] });

    expect(asked).toEqual(['db_host: ', '[hidden] db_pass (hidden): ', '[hidden] db_pass again: ', 's3_path: ']);
    expect(exitCode).toBe(0);
    expect(await ops.stored(`${path}/db_host`)).toBe('String db.example.com');
    expect(await ops.stored(`${path}/s3_path`)).toBe('String daily');
  });

  it('asks again after a typing error, a placeholder or a port that is none', async () => {
    const answers = ['99999', '3306', SECRET, 'something else', 'CHANGE_ME', SECRET, SECRET];

    const { asked } = await ops.run(push('db_port', 'db_pass'), { answers });

    expect(asked).toEqual([
      'db_port: ',
      'This value is no port: a number from 1 to 65535.\ndb_port: ',
      '[hidden] db_pass (hidden): ',
      '[hidden] db_pass again: ',
      '[hidden] The two values differ.\ndb_pass (hidden): ',
      '[hidden] This value is still a placeholder: store the real value.\ndb_pass (hidden): ',
      '[hidden] db_pass again: ',
    ]);
    expect(await ops.stored(`${path}/db_port`)).toBe('String 3306');
    expect(await ops.stored(`${path}/db_pass`)).toBe(`SecureString ${SECRET}`);
  });

  it('writes nothing when nothing is missing', async () => {
    for (const name of ['db_host', 'db_user', 's3_bucket', 's3_path']) await ops.put(`${path}/${name}`, 'there');
    await ops.put(`${path}/db_pass`, SECRET, 'SecureString');

    expect(await ops.run(push())).toMatchObject({
      exitCode: 0,
      said: `Nothing is missing below ${path}, so nothing was written. To replace a parameter, name it.\n`,
    });
  });

  it('writes the next version of what is named, in the type that it has', async () => {
    await ops.put(`${path}/db_host`, 'old.example.com', 'SecureString');

    const { said } = await ops.run(push('db_host'), { answers: ['new.example.com'] });

    expect(said).toContain(`${path}/db_host  2        SecureString`);
    expect(await ops.stored(`${path}/db_host`)).toBe('SecureString new.example.com');
  });

  it('files the admin and each account under paths of their own', async () => {
    const env = { USER: 'root', PASS: SECRET };

    await ops.run(push('--admin', '--from-env', 'db_user=USER', '--from-env', 'db_pass=PASS'), { env });
    await ops.run(push('--user', "o'neil", 'password'), { answers: ['application', SECRET, SECRET] });
    await ops.run(push('--user', 'mary', 'grant'), { answers: ['application', 'GRANT SELECT ON shop.* TO mary'] });

    expect(await ops.stored(`${prefix}/database_admins/shop/prod/db_user`)).toBe('String root');
    expect(await ops.stored(`${prefix}/database_admins/shop/prod/db_pass`)).toBe(`SecureString ${SECRET}`);
    expect(await ops.stored(`${prefix}/database_users/shop/prod/o.27neil/password`)).toBe(`SecureString ${SECRET}`);
    expect(await ops.stored(`${prefix}/database_users/shop/prod/mary/grant`)).toBe(
      'String GRANT SELECT ON shop.* TO mary',
    );
  });

  it('writes references to Secrets Manager, and says which ones jobs may not read yet', async () => {
    const { said, exitCode } = await ops.run(push('db_pass', '--stdin'), { stdin: REFERENCE });

    expect(exitCode).toBe(0);
    expect(said).toContain(
      'Jobs may not read the secret that db_pass refers to. To allow it, name it under parameters.secrets in settings.yml, and run "npm run deploy".',
    );
    expect(await ops.stored(`${path}/db_pass`)).toBe(`SecureString ${REFERENCE}`);
  });

  it('lets one reference follow on another in clear text, but no secret', async () => {
    await ops.put(`${path}/db_pass`, '/aws/reference/secretsmanager/old');

    const refused = await ops.run(push('db_pass', '--stdin'), { stdin: SECRET });
    const done = await ops.run(push('db_pass', '--stdin'), { stdin: REFERENCE });

    expect(refused).toMatchObject({
      exitCode: 2,
      complained:
        `${path}/db_pass is a String and may only refer to Secrets Manager. ` +
        `To store a secret in it, first delete it with "aws ssm delete-parameter --name ${path}/db_pass".\n`,
    });
    expect(done.exitCode).toBe(0);
    expect(await ops.stored(`${path}/db_pass`)).toBe(`String ${REFERENCE}`);
  });
});

describe('ops params push refuses', () => {
  it.each([
    ['an empty value', 'db_host', '', 'is empty'],
    ['a placeholder', 'db_host', 'CHANGE_ME', 'is still a placeholder: store the real value'],
    ['a placeholder for a secret', 'db_pass', 'mypassword', 'is still a placeholder: store the real value'],
    [
      'a value for a dearer tier',
      'db_pass',
      'é'.repeat(2049),
      'is longer than 4096 bytes, the most that Parameter Store takes',
    ],
    ['port 0', 'db_port', '0', 'is no port: a number from 1 to 65535'],
    ['port 65536', 'db_port', '65536', 'is no port: a number from 1 to 65535'],
    ['a port in hexadecimal', 'db_port', '0xCEA', 'is no port: a number from 1 to 65535'],
    ['two lines', 'db_pass', 'one\ntwo', 'holds a line break or another control character'],
    ['what Parameter Store would expand', 'db_pass', 'a{{b}}c', 'holds "{{...}}", which Parameter Store does not take'],
    [
      'a reference to nothing',
      'db_pass',
      '/aws/reference/secretsmanager/',
      'refers to Secrets Manager without the name of a secret',
    ],
  ])('%s', async (_what, name, value, problem) => {
    const env = { VALUE: value };

    expect(await ops.run(push('--from-env', `${name}=VALUE`), { env })).toMatchObject({
      exitCode: 2,
      said: '',
      complained: `The value of ${name} in the environment ${problem}.\n`,
    });
    expect(await ops.stored(`${path}/${name}`)).toBeUndefined();
  });

  it.each([
    [
      'a reference, which a password change does not follow',
      REFERENCE,
      'refers to Secrets Manager, which a password change does not read',
    ],
    ['what no server takes', 'y'.repeat(257), 'is longer than 256 bytes, which some servers refuse'],
  ])('as the password of an account: %s', async (_what, stdin, problem) => {
    expect(await ops.run(push('--user', 'mary', 'password', '--stdin'), { stdin })).toMatchObject({
      exitCode: 2,
      complained: `The value of password on standard input ${problem}.\n`,
    });
  });

  it('every bad value at once, and then writes not even the good ones', async () => {
    const env = { HOST: 'db.example.com', PORT: 'many', USER: 'XXX' };
    const options = ['db_host=HOST', 'db_port=PORT', 'db_user=USER'].flatMap((pair) => ['--from-env', pair]);

    expect((await ops.run(push(...options), { env })).complained).toBe(
      '2 problems:\n' +
        '  The value of db_port in the environment is no port: a number from 1 to 65535.\n' +
        '  The value of db_user in the environment is still a placeholder: store the real value.\n',
    );
    expect(await ops.stored(`${path}/db_host`)).toBeUndefined();
  });

  it.each([
    ['a password', SECRET, '. It was readable, so change the password as well'],
    ['a placeholder', 'CHANGE_ME', ''],
  ])('to encrypt what is stored unencrypted: %s', async (_what, value, advice) => {
    await ops.put(`${path}/db_pass`, value);
    const env = { HOST: 'db.example.com', PASS: 'new' };

    const outcome = await ops.run(push('--from-env', 'db_host=HOST', '--from-env', 'db_pass=PASS'), { env });

    expect(outcome).toMatchObject({
      exitCode: 2,
      complained:
        `${path}/db_pass is a String, and not encrypted${advice}. ` +
        `Its type cannot change. First delete it with "aws ssm delete-parameter --name ${path}/db_pass".\n`,
    });
    expect(await ops.stored(`${path}/db_host`)).toBeUndefined();
  });

  it('to ask without a terminal, and says how else', async () => {
    await ops.put(`${path}/db_host`, 'db.example.com');

    expect(await ops.run(push())).toMatchObject({
      exitCode: 2,
      complained:
        'ops cannot ask for db_user, db_pass, s3_bucket, s3_path, because it has no terminal. ' +
        'Give each value with --from-env PARAMETER=VARIABLE, or a single one with --stdin.\n',
    });
  });

  it('standard input for more than one parameter', async () => {
    expect(await ops.run(push('db_user', 'db_pass', '--stdin'), { stdin: SECRET })).toMatchObject({
      exitCode: 2,
      complained:
        '--stdin gives exactly one parameter a value, and this command needs db_user, db_pass. Name one parameter.\n',
    });
  });

  it('a key that is not there, before anything is written', async () => {
    const env = { HOST: 'db.example.com', PASS: SECRET };
    const options = ['--from-env', 'db_host=HOST', '--from-env', 'db_pass=PASS', '--key-id', 'alias/none'];

    const outcome = await ops.run(push(...options), { env });

    expect(outcome.exitCode).toBe(1);
    expect(outcome.complained).toMatch(
      new RegExp(`^AWS did not write ${path}/db_pass, because of the key: .* choose another one with --key-id`),
    );
    expect(await ops.stored(`${path}/db_host`)).toBeUndefined();
  });
});

describe('a push that AWS stops midway', () => {
  it('says what is written and what is not, and not the value, even if AWS quotes it', async () => {
    const refusal = { error: 'AccessDeniedException', message: `You may not write ${SECRET}.` };
    parameterStore.strike('PutParameter', 'none', refusal);
    const env = { PASS: 's3cret', HOST: SECRET, BUCKET: 'backups' };
    const options = ['db_pass=PASS', 'db_host=HOST', 's3_bucket=BUCKET'].flatMap((pair) => ['--from-env', pair]);

    const outcome = await ops.run(push(...options), { env });

    expect(outcome).toMatchObject({
      exitCode: 1,
      said: `WRITTEN${' '.repeat(path.length + 1)}  VERSION  TYPE\n${path}/db_pass  1        SecureString\n`,
      complained:
        `Your credentials lack the right to write ${path}/db_host (You may not write ***). ` +
        `Not written: ${path}/db_host, ${path}/s3_bucket.\n`,
    });
  });
});
