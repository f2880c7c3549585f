import { DATABASE_FLAVORS, type DatabaseServer } from '@serverless-ops/test-servers';
import { quoteAccount } from '@serverless-ops/mysql-connect';
import { PARAMETERS, startChangeBench, type ChangeBench } from '../testing/change-bench.ts';
import type { ChangeRequest } from '../change-request.ts';

/** The only ways in which one of our statements may begin; MySQL logs accounts in quotes of its own. */
const OURS =
  /^(SET character_set_client = utf8mb4, |SET SESSION sql_mode = |SELECT |SHOW (GLOBAL VARIABLES WHERE Variable_name IN|SESSION STATUS LIKE) |(CREATE|ALTER) USER [`']|GRANT )/;

/** Names that would end a quoted one, and begin a statement, where quoting is wrong. */
const SMUGGLING = [
  `x'@'%'; DROP DATABASE shop; --`,
  'x`@`%`; DROP DATABASE shop; --',
  `x" OR "1"="1`,
  `x\\'; DROP DATABASE shop; #`,
  `x' IDENTIFIED BY '' --`,
  `x'/*!50000 , root */`,
];

for (const { flavor, start, isAvailable } of DATABASE_FLAVORS) {
  (isAvailable() ? describe : describe.skip)(`what ${flavor} runs`, () => {
    let server: DatabaseServer;
    let bench: ChangeBench;

    beforeAll(async () => {
      server = await start();
      await server.query("SET GLOBAL log_output = 'TABLE'");
      await server.query('CREATE DATABASE shop');
    }, 120_000);
    afterAll(() => server.stop());
    beforeEach(async () => void (bench = await startChangeBench(server)));
    afterEach(async () => {
      await bench.stop();
      for (const { User: user } of await server.query(
        `SELECT User FROM mysql.user WHERE Host = '%' AND User <> 'root'`,
      )) {
        await server.query(`DROP USER ${quoteAccount(String(user), '%')}`);
      }
    });

    /** What the server ran during `work`, in its own words. */
    async function logged(work: () => Promise<unknown>): Promise<string[]> {
      await server.query('TRUNCATE TABLE mysql.general_log');
      await server.query('SET GLOBAL general_log = 1');
      try {
        await work();
      } finally {
        await server.query('SET GLOBAL general_log = 0');
      }
      const rows = await server.query(
        `SELECT CAST(argument AS CHAR CHARACTER SET utf8mb4) AS line FROM mysql.general_log
         WHERE command_type = 'Query' AND argument NOT LIKE '%general_log%'`,
      );
      return rows.map(({ line }) => String(line));
    }

    test.each(SMUGGLING)('for the user %j are our statements, about that user alone', async (user) => {
      const quoted = `\`${user.replaceAll('`', '``')}\``;
      const request = { db_user: user, create_if_missing: true, grant: `GRANT SELECT TO ${quoted}` };

      const lines = await logged(async () => {
        await bench.change(request);
        await bench.change({ ...request, job_id: 'job-2' });
      });

      for (const line of lines) expect(line).toMatch(OURS);
      const accounts = await server.query(`SELECT User FROM mysql.user WHERE User LIKE 'x%'`);
      expect(accounts).toEqual([{ User: user }]);
      expect(await bench.logIn(undefined, user)).toBe(`${user}@%`);
      expect(await server.query(`SHOW DATABASES LIKE 'shop'`)).toHaveLength(1);
    });

    test.each<[string, Partial<ChangeRequest>]>([
      ['a second statement', { grant: `GRANT SELECT TO mary; DROP DATABASE shop` }],
      ['a comment', { grant: `GRANT SELECT ON shop.* TO mary /*! , root */` }],
      ['another account', { grant: `GRANT ALL ON *.* TO root` }],
    ])('is nothing at all for a grant with %s', async (_, options) => {
      const lines = await logged(() => bench.failure({ create_if_missing: true, ...options }));

      expect(lines).toEqual([]);
    });

    test.each(["' OR 1=1; -- ", '`; DROP DATABASE shop; -- ', "\\'; DROP DATABASE shop; -- ", '"); --'])(
      'takes the password %j for a password',
      async (password) => {
        await server.query(`CREATE USER mary IDENTIFIED BY 'Before-1'`);
        bench.store.put(PARAMETERS.password, password);

        const lines = await logged(() => bench.change({ generate: false }));

        expect(await bench.logIn(password)).toBe('mary@%');
        for (const line of lines) expect(line).toMatch(OURS);
        expect(lines.join('\n')).not.toContain(password);
      },
    );

    test('shows no password that was made', async () => {
      await server.query(`CREATE USER mary IDENTIFIED BY 'Before-1'`);

      const lines = await logged(() => bench.change());

      expect(lines.length).toBeGreaterThan(5);
      expect(lines.join('\n')).not.toContain(bench.store.get(PARAMETERS.password));
    });
  });
}
