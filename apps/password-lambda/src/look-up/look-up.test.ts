import { SSMClient } from '@aws-sdk/client-ssm';
import type { JobError } from '@serverless-ops/job-schemas';
import { startScriptedParameterStore, type ScriptedParameterStore } from '@serverless-ops/test-servers';
import { changeRequestSchema, type ChangeRequest } from '../change-request.ts';
import { lookUp } from './look-up.ts';

const DATABASE = '/ops/databases/shop/demo';
const USER = '/ops/database_users/shop/demo/mary';

describe('looking up what a change needs', () => {
  let store: ScriptedParameterStore;
  const logged: unknown[] = [];

  beforeEach(async () => {
    store = await startScriptedParameterStore();
    store.put(`${DATABASE}/db_host`, 'db.example.com', 'String');
    store.put(`${USER}/account`, 'application', 'String');
    logged.length = 0;
  });
  afterEach(() => store.stop());

  async function lookedUp(options: object = {}, event: object = {}): Promise<ChangeRequest> {
    const client = new SSMClient({ ...store.clientConfig, maxAttempts: 1 });
    const job_options = { db_name: 'shop', db_env: 'demo', db_user: 'mary', ...options };
    const log = { info: (...line: unknown[]) => void logged.push(line) };
    try {
      return await lookUp({ job_id: 'job-1', job_options, ...event }, { client, parameterPrefix: '/ops', log });
    } finally {
      client.destroy();
    }
  }

  const failure = (options: object = {}, event: object = {}): Promise<JobError> =>
    lookedUp(options, event).then(
      () => Promise.reject(new Error('Expected a failure')),
      (error: unknown) => error as JobError,
    );

  test('says where, whose and which parameters, with defaults for what is not stored', async () => {
    const request = await lookedUp({ generate: true });

    expect(request).toEqual({
      job_id: 'job-1',
      db_name: 'shop',
      db_env: 'demo',
      db_user: 'mary',
      generate: true,
      create_if_missing: false,
      discard_old_password: false,
      server: { host: 'db.example.com', port: 3306 },
      schema: 'shop',
      account: 'application',
      grant: null,
      parameter_prefix: '/ops',
      parameters: {
        admin_user: '/ops/database_admins/shop/demo/db_user',
        admin_password: '/ops/database_admins/shop/demo/db_pass',
        password: `${USER}/password`,
        new_password: `${USER}/new_password`,
        password_pending: `${USER}/password_pending`,
        last_change: `${USER}/last_change`,
      },
    });
    expect(changeRequestSchema.parse(request)).toEqual(request);
  });

  test('takes port, name of the database and grant from Parameter Store', async () => {
    store.put(`${DATABASE}/db_port`, '3307', 'String');
    store.put(`${DATABASE}/db_name`, 'shop_v2', 'String');
    store.put(`${USER}/grant`, `GRANT SELECT TO 'mary'@'%'`, 'String');

    expect(await lookedUp({ create_if_missing: true })).toMatchObject({
      server: { host: 'db.example.com', port: 3307 },
      schema: 'shop_v2',
      grant: `GRANT SELECT TO 'mary'@'%'`,
    });
  });

  test('reads with one call what is no secret, and the grant only when an account may be created', async () => {
    await lookedUp();

    const names = [`${DATABASE}/db_host`, `${DATABASE}/db_port`, `${DATABASE}/db_name`, `${USER}/account`];
    expect(store.recorded).toEqual([{ operation: 'GetParameters', input: { Names: names, WithDecryption: true } }]);
  });

  test('files an odd name where Parameter Store can hold it', async () => {
    store.put('/ops/database_users/shop/demo/o.27neil/account', 'privileged', 'String');

    expect((await lookedUp({ db_user: `o'neil` })).parameters.password).toBe(
      '/ops/database_users/shop/demo/o.27neil/password',
    );
  });

  test('lets a dry run go on, whatever else is missing', async () => {
    store.put(`${DATABASE}/db_host`, 'dummy-dryrun', 'String');
    store.put(`${DATABASE}/db_port`, 'CHANGE_ME', 'String');
    store.remove(`${USER}/account`);

    expect(await lookedUp({ create_if_missing: true })).toMatchObject({
      server: { host: 'dummy-dryrun' },
      grant: null,
    });
    expect(JSON.stringify(logged)).toContain('"dry_run":true');
  });

  test('tells everything that is missing at once', async () => {
    store.remove();

    expect(await failure({ create_if_missing: true })).toMatchObject({
      code: 'ParameterMissing',
      message:
        `These parameters are missing in Parameter Store: ${DATABASE}/db_host, ${USER}/grant. Create them and order the job again. ` +
        "The grant says what a new account may do, such as GRANT SELECT ON shop.* TO 'frank'@'%'.",
    });
  });

  test('tells everything that is wrong at once', async () => {
    store.put(`${DATABASE}/db_host`, 'CHANGE_ME', 'String');
    store.put(`${DATABASE}/db_name`, 'XXX', 'String');
    store.put(`${DATABASE}/db_port`, '65536', 'String');

    expect(await failure()).toMatchObject({
      code: 'ParameterInvalid',
      message:
        `${DATABASE}/db_host is still a placeholder: store the real value. ` +
        `${DATABASE}/db_name is still a placeholder: store the real value. ` +
        `${DATABASE}/db_port is no port: a number from 1 to 65535.`,
    });
  });

  test.each([
    ['db_host', 'db.example.com:3306', 'has a port in it: write the host alone, and the port into db_port'],
    [
      'db_host',
      'db.example.com\n',
      'ends with a line break, as "echo" adds one: store it without, as with "printf %s"',
    ],
    ['db_host', '/aws/reference/secretsmanager/x', 'refers to Secrets Manager, which a password change does not read'],
    ['db_port', '0xCEA', 'is no port: a number from 1 to 65535'],
    ['db_name', '..', 'is no name of a database'],
  ])('refuses, as ops does, as %s %j', async (name, value, problem) => {
    store.put(`${DATABASE}/${name}`, value, 'String');

    expect(await failure()).toMatchObject({ code: 'ParameterInvalid', message: `${DATABASE}/${name} ${problem}.` });
  });

  test('refuses an account that operations has not registered', async () => {
    store.remove(`${USER}/account`);

    expect(await failure({ generate: true })).toMatchObject({
      code: 'AccountNotRegistered',
      message:
        `Operations has not registered this account: ${USER}/account is not in Parameter Store, so no job changes its ` +
        'password. Create it as a String with the value "application", or "privileged" for an account with the rights ' +
        'of an administrator or of replication. Then order the job again.',
    });
  });

  test.each(['admin', 'Application', 'application\n'])('refuses the registration %j', async (value) => {
    store.put(`${USER}/account`, value, 'String');

    expect(await failure({ generate: true })).toMatchObject({
      code: 'ParameterInvalid',
      message: expect.stringContaining('It must be "application" or "privileged"') as string,
    });
  });

  test('refuses a grant before anything is done', async () => {
    store.put(`${USER}/grant`, `GRANT SELECT TO mary; DROP DATABASE shop`, 'String');

    expect(await failure({ create_if_missing: true })).toMatchObject({
      code: 'ParameterInvalid',
      message: expect.stringContaining('its end is expected instead of "DROP"') as string,
    });
  });

  test.each([
    'mysql.sys',
    'mysql.session',
    'MySQL.infoschema',
    'mysql.anything',
    'mariadb.sys',
    'rdsadmin',
    'rdsrepladmin',
    'rds_superuser_role',
    'PUBLIC',
    ' mary',
    'mary ',
    `'mary'`,
    '🙂',
  ])('refuses the account %j', async (db_user) => {
    const error = await failure({ db_user });

    expect(error.code).toBe('InvalidRequest');
    expect(error.message).toContain(`db_user ${JSON.stringify(db_user)} `);
    expect(store.recorded).toEqual([]);
  });

  test('tells everything that is wrong with an order', async () => {
    const error = await failure({ db_name: 'a b', db_user: '', password: 'x' });

    expect(error.code).toBe('InvalidRequest');
    expect(error.message).toMatch(/request\.job_options\.db_name: .*request\.job_options\.db_user: .*password/);
  });

  test.each([[undefined], [{}], [{ job_id: '', job_options: {} }]])('refuses %j', async (event) => {
    const client = new SSMClient(store.clientConfig);

    await expect(
      lookUp(event, { client, parameterPrefix: '/ops', log: { info: () => undefined } }),
    ).rejects.toMatchObject({
      code: 'InvalidRequest',
    });
  });

  test('says which right is missing', async () => {
    store.strike('GetParameters', { error: 'AccessDeniedException' });

    expect(await failure()).toMatchObject({
      code: 'AccessDenied',
      message: expect.stringContaining("Allow the job's role ssm:GetParameters and kms:Decrypt.") as string,
    });
  });
});
