import { GetExecutionHistoryCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import {
  mysqlAvailable,
  mysqlClientFolder,
  startMariadb,
  startMysql,
  startTcpProxy,
} from '@serverless-ops/test-servers';
import { PasswordDesk } from './password-desk.ts';
import { DATABASE, INSTALLATION, Stage } from './stage.ts';

const PATH = process.env['PATH'] ?? '';
const servers = [
  { flavor: 'MariaDB', startServer: startMariadb, path: PATH, canRun: true, keepsOldPassword: false },
  {
    flavor: 'MySQL',
    startServer: startMysql,
    path: `${mysqlClientFolder()}:${PATH}`,
    canRun: mysqlAvailable(),
    keepsOldPassword: true,
  },
];

describe.each(servers.filter(({ canRun }) => canRun))(
  'a change of a password on $flavor, ordered over the API',
  ({ startServer, path, keepsOldPassword }) => {
    let stage: Stage;
    let desk: PasswordDesk;

    beforeAll(async () => {
      stage = await Stage.open({ startServer, rows: 100, cloud: { path, retryIntervalMs: 400 } });
      desk = await PasswordDesk.open(stage);
      await stage.server.query("CREATE USER 'mary'@'%' IDENTIFIED BY 'mary-from-long-ago'");
      await desk.register('mary', { password: 'mary-from-long-ago' });
      await stage.server.query("CREATE USER 'emma'@'%' IDENTIFIED BY 'known to nobody here'");
      for (const user of ['emma', 'nobody', 'password_admin']) await desk.register(user);
      await stage.server.query("SET GLOBAL log_output = 'TABLE'");
      await stage.server.query('SET GLOBAL general_log = 1');
    });

    afterAll(() => stage.close());

    it('makes a new password, which Parameter Store has and the server takes', async () => {
      const { state, error, result } = await desk.change('mary', { generate: true });

      expect([state, error]).toEqual(['SUCCEEDED', undefined]);
      expect(result).toMatchObject({
        status: 'job complete',
        changed: true,
        created: false,
        version: 2,
        old_password_valid: keepsOldPassword,
      });
      const password = await desk.password('mary');
      expect(password).not.toBe('mary-from-long-ago');
      expect(await desk.logsIn('mary', password)).toBe(true);
      expect(await desk.logsIn('mary', 'mary-from-long-ago')).toBe(keepsOldPassword);
      expect(await desk.filed('mary')).toEqual(['account', 'last_change', 'password']);
    });

    it('ends the time of the old password when the order says so', async () => {
      const { result } = await desk.change('mary', { discard_old_password: true });

      expect(result).toMatchObject({ changed: false, version: 2, old_password_valid: false });
      expect(await desk.logsIn('mary', 'mary-from-long-ago')).toBe(false);
      expect(await desk.logsIn('mary', await desk.password('mary'))).toBe(true);
    });

    it('takes a password that an operator has stored, and changes nothing when it is that already', async () => {
      await desk.file('mary', { new_password: `O'Brien's "new" \\ pass` });

      expect((await desk.change('mary')).result).toMatchObject({ changed: true, version: 3 });
      expect((await desk.change('mary')).result).toMatchObject({ changed: false, version: 3 });

      expect(await desk.logsIn('mary', `O'Brien's "new" \\ pass`)).toBe(true);
    });

    it('makes an account that is missing, with its grant and nothing beyond its database', async () => {
      await desk.register('frank', { grant: "GRANT ALL PRIVILEGES TO 'frank'@'%';" });

      const { error, result } = await desk.change('frank', { generate: true, create_if_missing: true });

      expect(error).toBeUndefined();
      expect(result).toMatchObject({ changed: true, created: true, version: 1 });
      expect(await desk.logsIn('frank', await desk.password('frank'))).toBe(true);
      const grants = JSON.stringify(await stage.server.query("SHOW GRANTS FOR 'frank'@'%'"));
      expect(grants).toContain(`ALL PRIVILEGES ON \`${DATABASE.db_name}\`.*`);
      expect(grants).not.toContain('ALL PRIVILEGES ON *.*');
    });

    it('makes a new password for the account that backups log in with, and backups go on', async () => {
      await desk.register('backup');

      const { error } = await desk.change('backup', { generate: true });
      const backup = await stage.api.waitFor(await stage.orderBackup());

      expect([error, backup.error]).toEqual([undefined, undefined]);
      expect(backup.state).toBe('SUCCEEDED');
    });

    it('notifies once, with the account and without a password', async () => {
      const { id } = await desk.change('mary', { generate: true });

      const { Message: message } = JSON.parse(await stage.notifiedOnce(id)) as { Message: string };
      expect(JSON.parse(message)).toMatchObject({ job_id: id, outcome: 'succeeded', db_user: 'mary' });
      expect(message).not.toContain(String(await desk.password('mary')));
    });

    it('waits for functions that were not called for weeks, and whose network interfaces Lambda took away', async () => {
      const { lookUp, change } = INSTALLATION.names.passwordFunctions;
      for (const name of [lookUp, change]) {
        const idle = await fetch(`${stage.cloud.client.endpoint}/local-cloud/idle-functions/${name}`, {
          method: 'POST',
        });
        expect(idle.status).toBe(204);
      }

      expect(await desk.change('mary', { generate: true })).toMatchObject({
        state: 'SUCCEEDED',
        result: { changed: true },
      });
    });

    it('is announced when somebody stops its execution', async () => {
      const proxy = await startTcpProxy({ targetPort: stage.server.port });
      try {
        proxy.freeze();
        await stage.fileDatabase({ db_port: String(proxy.port) });
        const id = await desk.order('mary', { generate: true });
        const { executionArn } = await stage.execution(id, 'PasswordStateMachineArn');
        await stage.sfn.send(new StopExecutionCommand({ executionArn, error: 'Changed', cause: 'No longer wanted' }));

        expect(await stage.notifiedOnce(id)).toContain('No longer wanted');
      } finally {
        await stage.fileDatabase();
        await proxy.close();
      }
      expect(await desk.logsIn('mary', await desk.password('mary'))).toBe(true);
    });

    it('leaves no trace of a password in the history of its execution', async () => {
      const { id } = await desk.change('mary', { generate: true });

      const machine = stage.output('PasswordStateMachineArn');
      const executionArn = `${machine.replace(':stateMachine:', ':execution:')}:${id}`;
      const history = await stage.sfn.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }));
      const text = JSON.stringify(history.events);
      expect(text).toContain('ChangePassword');
      for (const secret of [await desk.password('mary'), desk.adminPassword, stage.backupPassword]) {
        expect(text).not.toContain(String(secret));
      }
    });

    it('leaves no trace of a password in the general log of the server', async () => {
      const secrets = [...desk.secrets, stage.backupPassword];
      const rows = await stage.server.query(
        `SELECT CAST(argument AS CHAR CHARACTER SET utf8mb4) AS line FROM mysql.general_log
         WHERE user_host LIKE 'password_admin[%'`,
      );
      const lines = rows.map(({ line }) => String(line));

      expect(lines.filter((line) => /^(ALTER|CREATE) USER/.test(line)).length).toBeGreaterThan(5);
      expect(lines.filter((line) => secrets.some((secret) => line.includes(secret)))).toEqual([]);
    });

    describe('that cannot be made', () => {
      it.each([
        ['of an account that is missing', 'nobody', { generate: true }, 'AccountNotFound'],
        ['of the administrator itself', 'password_admin', { generate: true }, 'InvalidRequest'],
        ['of an account that is not registered', 'mallory', { generate: true }, 'AccountNotRegistered'],
        ["of the server's own account", 'mysql.sys', { generate: true }, 'InvalidRequest'],
        ['without a password to be changed to', 'emma', {}, 'ParameterMissing'],
        ['of a new account without a grant', 'nobody', { generate: true, create_if_missing: true }, 'ParameterMissing'],
      ])('%s, fails under its code and leaves nothing behind', async (_, user, options, code) => {
        const { state, error } = await desk.change(user, options);

        expect(state).toBe('FAILED');
        expect(error?.code).toBe(code);
        expect(error?.cause).toMatch(/\.$/);
        expect(await desk.filed(user)).toEqual(user === 'mysql.sys' || user === 'mallory' ? [] : ['account']);
      });

      it('because the server cannot be reached, is tried three times and says so', async () => {
        await stage.fileDatabase({ db_port: '1' });

        const { error } = await desk.change('mary', { generate: true });

        await stage.fileDatabase();
        expect(error?.code).toBe('DatabaseUnreachable');
        expect(await desk.logsIn('mary', await desk.password('mary'))).toBe(true);
      });
    });
  },
);
