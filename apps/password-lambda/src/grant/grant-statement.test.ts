import { DATABASE_FLAVORS, type DatabaseServer } from '@serverless-ops/test-servers';
import { quoteAccount, quoteIdentifier } from '@serverless-ops/mysql-connect';
import { grantStatement } from './grant-statement.ts';
import { parseGrant } from '@serverless-ops/parameter-rules';

const statement = (text: string, user = 'frank', wildcards = true): string =>
  grantStatement(parseGrant(text, { user, database: 'my_shop' }), user, { wildcards });

test.each([
  [`GRANT ALL PRIVILEGES TO 'frank'@'%';`, 'GRANT ALL PRIVILEGES ON `my\\_shop`.* TO `frank`@`%`'],
  [
    'grant select,insert on *.* to frank with grant option',
    'GRANT SELECT, INSERT ON *.* TO `frank`@`%` WITH GRANT OPTION',
  ],
  [
    'GRANT SELECT (a, `b``c`) ON my_shop.or_ders TO frank@localhost',
    'GRANT SELECT (`a`, `b``c`) ON `my_shop`.`or_ders` TO `frank`@`localhost`',
  ],
])('%s is written anew', (text, expected) => {
  expect(statement(text)).toBe(expected);
});

test('takes names of databases as they are where the server knows no wildcards', () => {
  expect(statement(`GRANT SELECT TO frank`, 'frank', false)).toBe('GRANT SELECT ON `my_shop`.* TO `frank`@`%`');
});

for (const { flavor, start, isAvailable } of DATABASE_FLAVORS) {
  (isAvailable() ? describe : describe.skip)(`${flavor} takes a grant`, () => {
    let server: DatabaseServer;
    beforeAll(async () => void (server = await start()), 120_000);
    afterAll(() => server.stop());

    test.each(['a_b', 'axb', 'a%b', 'a`b', "a'b", 'a"b', 'läden', 'a b', 'a-b', 'a.b', 'a\\b'])(
      'on exactly the database %s, for users with every such name',
      async (name) => {
        await server.query(`CREATE DATABASE ${quoteIdentifier(name)}`);
        const user = `u${name}`;
        const account = quoteAccount(user, '%');
        await server.query(`CREATE USER ${account}`);
        const inBackticks = (text: string): string => `\`${text.replaceAll('`', '``')}\``;

        const text = `GRANT SELECT ON ${inBackticks(name.replaceAll('%', '\\%'))}.* TO ${inBackticks(user)}`;
        await server.query(statement(text, user));
        const rows = await server.query(`SHOW GRANTS FOR ${account}`);

        await server.query(`DROP USER ${account}`);
        const pattern = quoteIdentifier(name.replaceAll(/[\\_%]/g, '\\$&'));
        expect(Object.values(rows[1] ?? {})[0]).toContain(`GRANT SELECT ON ${pattern}.* TO `);
      },
    );
  });
}
