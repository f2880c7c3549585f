import {
  differences,
  DATABASE_FLAVORS,
  exactFacts,
  restoreByClient,
  type DatabaseServer,
} from '@serverless-ops/test-servers';
import { dumpDefinitions } from '../testing/dump-definitions.ts';
import { sqlFile } from './sql-file.ts';
import { statement, type Statement } from './statement.ts';

jest.setTimeout(120_000);

/** What a server may be set to that changes the meaning of a definition, or refuses it. */
const HOSTILE = {
  MariaDB: [
    "sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES,ORACLE'",
    'explicit_defaults_for_timestamp = 0',
    'sql_select_limit = 1',
  ],
  'MySQL 9': [
    "sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES'",
    'explicit_defaults_for_timestamp = 0',
    'sql_generate_invisible_primary_key = 1',
    'sql_require_primary_key = 1',
    'default_collation_for_utf8mb4 = utf8mb4_general_ci',
    'show_create_table_verbosity = 1',
    'sql_select_limit = 1',
  ],
};

async function sqlBytes(statements: Statement[]): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const { sql } of sqlFile(statements)) parts.push(sql);
  return Buffer.concat(parts);
}

for (const { flavor, start, isAvailable } of DATABASE_FLAVORS) {
  (isAvailable() ? describe : describe.skip)(`on ${flavor}`, () => {
    let server: DatabaseServer;
    beforeAll(async () => void (server = await start()));
    afterAll(() => server.stop());

    test("whatever the server's own defaults are, definitions are read and come back as they were", async () => {
      await server.query('CREATE DATABASE shop');
      await server.query("CREATE TABLE t (a TIMESTAMP NOT NULL, b VARCHAR(10) DEFAULT 'C:\\\\', `c``d` TEXT)", 'shop');
      await server.query("CREATE VIEW v AS SELECT 'C:\\\\' AS p, `c``d` FROM t", 'shop');
      await server.query("CREATE PROCEDURE p() SELECT 'C:\\\\', \"it's\"", 'shop');
      await server.query('CREATE PROCEDURE q() SELECT 1', 'shop');
      await server.query('CREATE DATABASE limits');
      const original = await exactFacts({ server, database: 'shop' });

      for (const setting of HOSTILE[flavor as keyof typeof HOSTILE]) await server.query(`SET GLOBAL ${setting}`);
      const { sql } = await dumpDefinitions(server, 'shop');
      await server.query('CREATE DATABASE copy');
      await restoreByClient(server, 'copy', sql);
      await restoreByClient(
        server,
        'limits',
        await sqlBytes([statement('CREATE TABLE t AS SELECT @@sql_select_limit AS rows_shown')]),
      );
      for (const setting of HOSTILE[flavor as keyof typeof HOSTILE]) {
        await server.query(`SET GLOBAL ${setting.split('=')[0] ?? ''} = DEFAULT`);
      }

      expect(await server.query('SELECT CAST(rows_shown AS CHAR) AS shown FROM t', 'limits')).toEqual([
        { shown: '18446744073709551615' },
      ]);
      expect(differences(original, await exactFacts({ server, database: 'copy' }))).toEqual([]);
    });
  });
}
