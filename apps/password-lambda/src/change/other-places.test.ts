import { startMariadb, type DatabaseServer } from '@serverless-ops/test-servers';
import { PARAMETERS, startChangeBench, type ChangeBench } from '../testing/change-bench.ts';

const SECRET = 'rds!db-1';
const REFERENCE = `/aws/reference/secretsmanager/${SECRET}`;

describe('an account with which others log in, too', () => {
  let server: DatabaseServer;
  let bench: ChangeBench;

  beforeAll(async () => {
    server = await startMariadb();
    await server.query('CREATE DATABASE shop');
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    bench = await startChangeBench(server);
    await server.query(`CREATE USER mary IDENTIFIED BY 'Before-1'`);
    bench.store.put(PARAMETERS.password, 'Before-1');
    // More than one page of parameters.
    for (let number = 0; number < 12; number++) file(`other${number}/prod`, { db_host: 'elsewhere', db_user: 'mary' });
  });
  afterEach(async () => {
    await bench.stop();
    await server.query('DROP USER mary');
  });

  /** Settings of a database, or the login of its administrator. */
  function file(database: string, values: Record<string, string>, tree = 'databases'): void {
    for (const [name, value] of Object.entries(values))
      bench.store.put(`/ops/${tree}/${database}/${name}`, value, 'String');
    if ('db_user' in values && !('db_pass' in values)) bench.store.put(`/ops/${tree}/${database}/db_pass`, 'Before-1');
  }
  const here = () => ({ db_host: '127.0.0.1', db_port: String(server.port) });
  const stored = (name: string): string | undefined => bench.store.get(`/ops/${name}`);

  test('gets the new password everywhere: in the backups of its own database and of others on the server', async () => {
    file('shop/demo', { ...here(), db_user: 'mary' });
    file('crm/prod', { ...here(), db_host: '127.0.0.1.', db_user: 'mary' });
    file('hr/prod', { ...here(), db_user: 'somebody' });
    file('web/prod', { db_host: '127.0.0.1', db_user: 'mary' });
    bench.store.put('/ops/database_users/crm/prod/mary/password', 'Before-1');

    await bench.change();

    const password = bench.store.get(PARAMETERS.password);
    expect(await bench.logIn(stored('databases/shop/demo/db_pass'))).toBe('mary@%');
    expect(stored('databases/shop/demo/db_pass')).toBe(password);
    expect(stored('databases/crm/prod/db_pass')).toBe(password);
    expect(stored('database_users/crm/prod/mary/password')).toBe(password);
    // Another account, another port, another server.
    for (const other of ['hr', 'web', 'other7']) expect(stored(`databases/${other}/prod/db_pass`)).toBe('Before-1');
    expect(bench.store.parameters.find('/ops/databases/shop/demo/db_pass')).toMatchObject({
      type: 'SecureString',
      keyId: 'alias/ops',
    });
  });

  test('has a stale password of a backup put right by a job that changes nothing else', async () => {
    file('shop/demo', { ...here(), db_user: 'mary' });
    bench.store.put('/ops/databases/shop/demo/db_pass', 'Long-gone');

    expect(await bench.change({ generate: false })).toMatchObject({ changed: false });
    expect(stored('databases/shop/demo/db_pass')).toBe('Before-1');
  });

  test.each([
    ['refers to Secrets Manager', REFERENCE, 'String', 'InvalidRequest', `refers to (${REFERENCE})`],
    ['refers to it in secret', REFERENCE, 'SecureString', 'InvalidRequest', `refers to (${REFERENCE})`],
    ['is in clear text', 'Before-1', 'String', 'ParameterInvalid', 'in clear text. Nothing was done'],
  ] as const)('is refused while the password of a backup %s', async (_, value, type, code, words) => {
    file('shop/demo', { ...here(), db_user: 'mary', db_pass: 'x' });
    bench.store.remove('/ops/databases/shop/demo/db_pass');
    bench.store.put('/ops/databases/shop/demo/db_pass', value, type);

    expect(await bench.failure()).toMatchObject({ code, message: expect.stringContaining(words) as string });
    expect(await bench.logIn('Before-1')).toBe('mary@%');
    expect(bench.store.get(PARAMETERS.password_pending)).toBeUndefined();
  });

  test('is refused when the login of a backup is a secret of that account', async () => {
    file('shop/demo', { ...here(), db_user: REFERENCE, db_pass: REFERENCE });
    bench.store.parameters.secrets.set(SECRET, JSON.stringify({ username: 'mary', password: 'Before-1' }));

    expect(await bench.failure()).toMatchObject({
      code: 'InvalidRequest',
      message: expect.stringContaining('with the secret that /ops/databases/shop/demo/db_user refers to') as string,
    });
  });

  test('is changed while the login of a backup is a secret of another account, or one that cannot be read', async () => {
    file('shop/demo', { ...here(), db_user: REFERENCE, db_pass: REFERENCE });
    expect(await bench.change()).toMatchObject({ changed: true });

    bench.store.parameters.secrets.set(SECRET, JSON.stringify({ username: 'admin', password: 'x-Admin-1' }));
    expect(await bench.change({ job_id: 'job-2' })).toMatchObject({ changed: true });
  });

  test('is refused when it changes the accounts of another database on the server', async () => {
    file('crm/prod', { ...here(), db_user: 'somebody' });
    file('crm/prod', { db_user: 'mary' }, 'database_admins');

    expect(await bench.failure()).toMatchObject({
      code: 'InvalidRequest',
      message: expect.stringContaining('changes others on this server for crm/prod') as string,
    });
    expect(await bench.logIn('Before-1')).toBe('mary@%');
  });

  test('gets the new password also where the settings of another database are stored encrypted', async () => {
    for (const [name, value] of Object.entries({ ...here(), db_user: 'mary', db_pass: 'Before-1' }))
      bench.store.put(`/ops/databases/crm/prod/${name}`, value);

    await bench.change();

    expect(stored('databases/crm/prod/db_pass')).toBe(bench.store.get(PARAMETERS.password));
  });

  test('is refused when it changes the accounts of another database, whose settings are stored encrypted', async () => {
    for (const [name, value] of Object.entries(here())) bench.store.put(`/ops/databases/crm/prod/${name}`, value);
    bench.store.put('/ops/database_admins/crm/prod/db_user', 'mary');

    expect(await bench.failure()).toMatchObject({
      code: 'InvalidRequest',
      message: expect.stringContaining('changes others on this server for crm/prod') as string,
    });
  });

  test('keeps its old password while a backup still logs in with it', async () => {
    file('shop/demo', { ...here(), db_user: 'mary' });
    await bench.change();
    bench.store.put('/ops/databases/shop/demo/db_pass', 'Before-1');
    const discard = { job_id: 'job-2', generate: false, discard_old_password: true };

    expect(await bench.failure(discard)).toMatchObject({
      code: 'PasswordUnproven',
      message: expect.stringContaining('/ops/databases/shop/demo/db_pass. A change broke off') as string,
    });

    await bench.change({ job_id: 'job-3' });
    expect(await bench.change(discard)).toMatchObject({ old_password_valid: false });
  });

  test('is refused when Parameter Store cannot be asked who logs in with it', async () => {
    bench.store.strike('GetParametersByPath', { error: 'AccessDeniedException' });

    expect(await bench.failure()).toMatchObject({
      code: 'AccessDenied',
      message: expect.stringContaining("Allow the job's role ssm:GetParametersByPath") as string,
    });
  });
});
