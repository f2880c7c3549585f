import {
  mariadbPluginFolder,
  mysqlAvailable,
  startMariadb,
  startMysql,
  type DatabaseServer,
} from '@serverless-ops/test-servers';
import { PARAMETERS, startChangeBench, type ChangeBench } from '../testing/change-bench.ts';

(mysqlAvailable() ? describe : describe.skip)('a password against the rules of MySQL', () => {
  let server: DatabaseServer;
  let bench: ChangeBench;

  beforeAll(async () => {
    server = await startMysql();
    await server.query(`INSTALL COMPONENT 'file://component_validate_password'`);
    await server.query('CREATE DATABASE shop');
  }, 120_000);
  afterAll(() => server.stop());
  beforeEach(async () => void (bench = await startChangeBench(server)));
  afterEach(async () => {
    await bench.stop();
    await server.query('SET GLOBAL validate_password.length = 8');
    await server.query('DROP USER IF EXISTS mary');
  });

  test('is refused in the words of the server, and the one before still works', async () => {
    await server.query(`CREATE USER mary IDENTIFIED BY 'Before-1'`);
    bench.store.put(PARAMETERS.password, 'after2');

    const error = await bench.failure({ generate: false });

    expect(error).toMatchObject({
      code: 'PasswordRefused',
      message:
        'The server refuses the new password: Your password does not satisfy the current policy requirements. ' +
        'The old password still works. Choose a password that its rules allow, or change the rules, and order the job again.',
    });
    expect(await bench.logIn('Before-1')).toBe('mary@%');
    expect(bench.store.get(PARAMETERS.last_change)).toBeUndefined();
  });

  test('is taken away when it was given as new_password, so that the next job does not try it again', async () => {
    await server.query(`CREATE USER mary IDENTIFIED BY 'Before-1'`);
    bench.store.put(PARAMETERS.password, 'Before-1');
    bench.store.put(PARAMETERS.new_password, 'after2');

    const error = await bench.failure({ generate: false });

    expect(error.code).toBe('PasswordRefused');
    expect(bench.store.get(PARAMETERS.new_password)).toBeUndefined();
    expect(await bench.logIn()).toBe('mary@%');
  });

  test('is refused when it was used before, and what was last done stays on record', async () => {
    await server.query(`CREATE USER mary IDENTIFIED BY 'Before-1' PASSWORD HISTORY 5`);
    bench.store.put(PARAMETERS.password, 'Before-1');
    await bench.change();
    const record = bench.store.get(PARAMETERS.last_change);
    bench.store.put(PARAMETERS.password, 'Before-1');

    const error = await bench.failure({ job_id: 'job-2', generate: false });

    expect(error).toMatchObject({
      code: 'PasswordRefused',
      message: expect.stringContaining('they contradict the password history policy') as string,
    });
    expect(bench.store.get(PARAMETERS.last_change)).toBe(record);
  });

  test('leaves nothing pending, nor a trace of an account that could not be created', async () => {
    await server.query('SET GLOBAL validate_password.length = 100');

    const error = await bench.failure({ create_if_missing: true, grant: `GRANT SELECT TO mary` });

    expect(error.code).toBe('PasswordRefused');
    expect(await server.query(`SELECT 1 FROM mysql.user WHERE User = 'mary'`)).toEqual([]);
    expect(bench.store.parameters.list().map(({ name }) => name)).toEqual([
      PARAMETERS.admin_password,
      PARAMETERS.admin_user,
    ]);
  });
});

const pluginFolder = mariadbPluginFolder();

(pluginFolder === undefined ? describe.skip : describe)('where MariaDB judges passwords and takes no hash', () => {
  let server: DatabaseServer;
  let bench: ChangeBench;

  beforeAll(async () => {
    server = await startMariadb(pluginFolder === undefined ? {} : { pluginFolder });
    await server.query(`INSTALL SONAME 'simple_password_check'`);
    await server.query('CREATE DATABASE shop');
  });
  afterAll(() => server.stop());
  beforeEach(async () => void (bench = await startChangeBench(server)));
  afterEach(async () => {
    await bench.stop();
    await server.query('DROP USER IF EXISTS mary');
  });

  test('a good password is taken', async () => {
    await server.query(`CREATE USER mary IDENTIFIED BY 'Before-1'`);

    expect(await bench.change()).toMatchObject({ changed: true });
    expect(await bench.logIn()).toBe('mary@%');
  });

  test('a good password is taken as one of today where the server makes old ones', async () => {
    await server.query(`CREATE USER mary IDENTIFIED BY 'Before-1'`);
    await server.query('SET GLOBAL old_passwords = 1');

    const result = await bench.change();

    await server.query('SET GLOBAL old_passwords = 0');
    expect(result).toMatchObject({ changed: true });
    expect(await bench.logIn()).toBe('mary@%');
  });

  test('a good password is taken for a new account', async () => {
    const grant = `GRANT SELECT TO mary`;

    expect(await bench.change({ create_if_missing: true, grant })).toMatchObject({ created: true });
    expect(await bench.logIn()).toBe('mary@%');
  });

  test('a bad one is refused, and the one before still works', async () => {
    await server.query(`CREATE USER mary IDENTIFIED BY 'Before-1'`);
    bench.store.put(PARAMETERS.password, 'after2');

    const error = await bench.failure({ generate: false });

    expect(error).toMatchObject({ code: 'PasswordRefused' });
    expect(await bench.logIn('Before-1')).toBe('mary@%');
  });

  test('a bad one leaves no trace of an account that could not be created', async () => {
    bench.store.put(PARAMETERS.password, 'after2');

    const error = await bench.failure({ generate: false, create_if_missing: true, grant: `GRANT SELECT TO mary` });

    expect(error).toMatchObject({ code: 'PasswordRefused' });
    expect(await server.query(`SELECT 1 FROM mysql.user WHERE User = 'mary'`)).toEqual([]);
  });
});
