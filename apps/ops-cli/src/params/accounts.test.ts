import { startScriptedParameterStore, type ScriptedParameterStore } from '@serverless-ops/test-servers';
import { startOps, type OpsAtWork, type Outcome } from '../testing/ops-at-work.ts';

const SECRET = 'corr3ct-h0rse';
const NEXT = 'b4ttery-st4ple';

let parameterStore: ScriptedParameterStore;
let ops: OpsAtWork;
let installations = 0;
let prefix: string;
let mary: string;

beforeAll(async () => (parameterStore = await startScriptedParameterStore({ keys: ['alias/serverlessops'] })));
afterAll(() => parameterStore.stop());
beforeEach(() => {
  prefix = `/accounts${(installations += 1)}`;
  mary = `${prefix}/database_users/shop/prod/mary`;
  ops = startOps(parameterStore.clientConfig, `global: { parameter_prefix: ${prefix} }`);
});
afterEach(() => ops.finish());

const push = (words: string[], circumstances?: Parameters<OpsAtWork['run']>[1]): Promise<Outcome> =>
  ops.run(['params', 'push', 'shop', 'prod', '--user', 'mary', ...words], circumstances);
const check = (...words: string[]): Promise<Outcome> => ops.run(['params', 'check', ...words]);

const changeCommand = (options: string): string =>
  'aws stepfunctions start-execution --state-machine-arn arn:aws:states:eu-central-1:111111111111:stateMachine:serverlessops-password' +
  ` --input '{"job_name":"password_change","job_options":{"db_name":"shop","db_env":"prod","db_user":"mary"${options}}}'`;

async function putDatabase(database: string, values: Readonly<Record<string, string>> = {}): Promise<void> {
  const path = `${prefix}/databases/${database}`;
  const all = { db_host: 'db.example.com', db_user: 'backup', s3_bucket: 'backups', s3_path: 'daily', ...values };
  for (const [name, value] of Object.entries(all)) await ops.put(`${path}/${name}`, value);
  if (values['db_pass'] === undefined) await ops.put(`${path}/db_pass`, 's3cret', 'SecureString');
  await ops.put(`${prefix}/database_admins/${database}/db_user`, 'password_admin');
  await ops.put(`${prefix}/database_admins/${database}/db_pass`, 's3cret', 'SecureString');
}

describe('an account', () => {
  it('is registered, and needs no password: a job can make it', async () => {
    const pushed = await push([], { answers: ['root', 'application'] });

    expect(pushed.asked).toEqual([
      'account (application or privileged): ',
      'This value is neither application nor privileged.\naccount (application or privileged): ',
    ]);
    expect(await ops.stored(`${mary}/account`)).toBe('String application');
    await putDatabase('shop/prod');
    expect(await check()).toMatchObject({ exitCode: 0 });
  });

  it('is registered with its first password, which is the password', async () => {
    const { asked, said } = await push(['password'], { answers: ['privileged', SECRET, SECRET] });

    expect(asked[0]).toBe('account (application or privileged): ');
    expect(await ops.stored(`${mary}/account`)).toBe('String privileged');
    expect(await ops.stored(`${mary}/password`)).toBe(`SecureString ${SECRET}`);
    expect(said).not.toContain('not registered');
  });

  it.each([
    [['password', '--stdin', '--register', 'application'], { stdin: SECRET }],
    [['--from-env', 'password=PASS', '--register', 'application'], { env: { PASS: SECRET } }],
    [['--from-env', 'password=PASS', '--from-env', 'account=KIND'], { env: { PASS: SECRET, KIND: 'application' } }],
  ])('can be registered where ops cannot ask: %j', async (words, circumstances) => {
    await push(words, circumstances);

    expect(await ops.stored(`${mary}/account`)).toBe('String application');
    expect(await ops.stored(`${mary}/password`)).toBe(`SecureString ${SECRET}`);
  });

  it('that is not registered can have a password, and the answer says what is left to do', async () => {
    const { exitCode, said } = await push(['password', '--stdin'], { stdin: SECRET });

    expect(exitCode).toBe(0);
    expect(said).toContain(
      'This account is not registered, so jobs refuse to change its password (AccountNotRegistered). To register it:\n' +
        '  npx ops params push shop prod --user mary --register application\n',
    );
  });

  it.each([
    [['--user', 'mary', '--register', SECRET], '--register takes application or privileged.\n'],
    [['--register', 'application'], '--register is for an account: name it with --user.\n'],
  ])('is not registered by %j', async (words, complaint) => {
    const outcome = await ops.run(['params', 'push', 'shop', 'prod', ...words]);

    expect(outcome).toMatchObject({ exitCode: 2, complained: complaint });
    expect(JSON.stringify(outcome)).not.toContain(SECRET);
  });
});

describe('the next password of an account that has one', () => {
  beforeEach(async () => {
    await ops.put(`${mary}/account`, 'application');
    await ops.put(`${mary}/password`, SECRET, 'SecureString');
  });

  it.each([
    ['asked for', ['password'], { answers: [NEXT, NEXT] }],
    ['from standard input', ['password', '--stdin'], { stdin: NEXT }],
    ['from the environment', ['--from-env', 'password=PASS'], { env: { PASS: NEXT } }],
    ['named as what it is', ['new_password', '--stdin'], { stdin: NEXT }],
  ])('is new_password, so that password works: %s', async (_how, words, circumstances) => {
    const { exitCode, said } = await push(words, circumstances);

    expect(exitCode).toBe(0);
    expect(await ops.stored(`${mary}/password`)).toBe(`SecureString ${SECRET}`);
    expect(await ops.stored(`${mary}/new_password`)).toBe(`SecureString ${NEXT}`);
    expect(said).toContain(
      'The stored password stays until a password change gives the account the new one. To start the change:\n' +
        `  ${changeCommand('')}\n`,
    );
  });

  it('is asked for by its name', async () => {
    const { asked } = await push(['password'], { answers: [NEXT, NEXT] });

    expect(asked).toEqual(['[hidden] new_password (hidden): ', '[hidden] new_password again: ']);
  });

  it('is given once', async () => {
    const env = { ONE: NEXT, OTHER: NEXT };
    const outcome = await push(['--from-env', 'password=ONE', '--from-env', 'new_password=OTHER'], { env });

    expect(outcome).toMatchObject({
      exitCode: 2,
      complained: `${mary}/password has a password already, which stays until a password change. Name new_password alone: it is the next password.\n`,
    });
    expect(await ops.stored(`${mary}/new_password`)).toBeUndefined();
  });

  it('is noted by a check until a change takes it, and is no problem', async () => {
    await putDatabase('shop/prod');
    await push(['password', '--stdin'], { stdin: NEXT });

    expect(await check('--decrypt')).toMatchObject({
      exitCode: 0,
      said: [
        'shop/prod: all well',
        `  note: ${mary}/new_password is not in use yet: the next password change makes it the password`,
        `    ${changeCommand('')}`,
        '',
      ].join('\n'),
    });
  });

  it('is listed, with how the account is registered', async () => {
    const { said } = await ops.run(['params', 'list', 'shop', 'prod']);
    const { said: json } = await ops.run(['params', 'list', 'shop', 'prod', '--json']);

    expect(said).toMatch(new RegExp(`REGISTERED AS\n${mary}/account +String +1 .* application\n`));
    expect(JSON.parse(json)).toMatchObject([{ name: `${mary}/account`, registered_as: 'application' }, {}]);
    expect(said + json).not.toContain(SECRET);
  });
});

describe('ops params check finds', () => {
  it('an account that no job changes', async () => {
    await putDatabase('shop/prod');
    await ops.put(`${prefix}/database_users/shop/prod/mysql.sys/account`, 'privileged');

    expect((await check()).said).toContain(
      `shop/prod: 1 problem\n  ${prefix}/database_users/shop/prod/mysql.sys is for an account that no job changes: its name belongs to the server itself; do not change its password\n`,
    );
  });

  it('a registration that is none', async () => {
    await putDatabase('shop/prod');
    await ops.put(`${mary}/account`, 'Application');

    expect((await check()).said).toContain(
      `  ${mary}/account is neither application nor privileged\n    npx ops params push shop prod account --user mary\n`,
    );
  });

  it('backups that log in with an account whose password jobs change, on the same server', async () => {
    await putDatabase('shop/prod', { db_user: 'mary' });
    await putDatabase('crm/prod', { db_user: 'mary', db_host: 'DB.example.com' });
    await putDatabase('elsewhere/prod', { db_user: 'mary', db_host: 'other.example.com' });
    await putDatabase('other/prod', { db_user: 'mary', db_port: '3307' });
    await ops.put(`${mary}/account`, 'application');

    const { exitCode, said } = await check();

    const note = (database: string): string =>
      [
        `${database}: all well`,
        `  note: ${prefix}/databases/${database}/db_user is an account that is registered for password changes (${mary}). These write db_pass here, too`,
        '    to separate them, give backups another account',
        '',
      ].join('\n');
    expect(exitCode).toBe(0);
    expect(said).toContain(note('shop/prod'));
    expect(said).toContain(note('crm/prod'));
    expect(said).toContain('elsewhere/prod: all well\nother/prod: all well\n');
  });

  it('backups whose password is in Secrets Manager, where a change cannot write it', async () => {
    await putDatabase('shop/prod', { db_user: 'mary', db_pass: '/aws/reference/secretsmanager/allowed' });
    await ops.put(`${mary}/account`, 'application');
    ops.finish();
    const settings = `global: { parameter_prefix: ${prefix} }\nparameters: { secrets: [allowed] }`;
    ops = startOps(parameterStore.clientConfig, settings);

    expect((await check()).said).toContain(
      `shop/prod: 1 problem\n  ${prefix}/databases/shop/prod/db_user is an account that is registered for password changes (${mary}). These refuse it, because db_pass refers to Secrets Manager\n`,
    );
  });

  it('an administrator whose own password jobs are to change', async () => {
    await putDatabase('shop/prod');
    await ops.put(`${prefix}/database_users/shop/prod/password_admin/account`, 'privileged');

    expect((await check()).said).toContain(
      `${prefix}/database_admins/shop/prod/db_user is an account that is registered for password changes (`,
    );
  });

  it('a host that a password change cannot look up', async () => {
    await putDatabase('shop/prod', { db_host: '/aws/reference/secretsmanager/allowed' });
    ops.finish();
    const settings = `global: { parameter_prefix: ${prefix} }\nparameters: { secrets: [allowed] }`;
    ops = startOps(parameterStore.clientConfig, settings);

    expect((await check()).said).toContain(
      `  ${prefix}/databases/shop/prod/db_host refers to Secrets Manager, which a password change does not read\n`,
    );
  });
});
