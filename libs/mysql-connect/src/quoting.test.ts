import { DATABASE_FLAVORS, type DatabaseServer } from '@serverless-ops/test-servers';
import fc from 'fast-check';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import { connect } from './connect.ts';
import { grantPattern, quoteAccount, quoteIdentifier, quoteLiteral, quoteStringLiteral } from './quoting.ts';

const SQL_MODES = ['', 'NO_BACKSLASH_ESCAPES', 'ANSI_QUOTES', 'NO_BACKSLASH_ESCAPES,ANSI_QUOTES'];

/** Characters that quoting gets wrong first, between any others. */
const nasty = fc.constantFrom('\\', "'", '"', '`', '%', '_', '\0', '\n', '\r', '\x1a', ' ', ';', '--', '/*', '€', '字');
const text = fc.string({ unit: fc.oneof(nasty, fc.string({ unit: 'binary', maxLength: 1 })), maxLength: 12 });
const name = fc
  .string({ unit: fc.oneof(nasty, fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 1 })), maxLength: 12 })
  .map((raw) => `n${raw.replaceAll('\0', '')}n`);

/** One statement for many cases: what makes hundreds of them cheap. */
const batch = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
  fc.array(arbitrary, { minLength: 1, maxLength: 40 });

for (const { flavor, start, isAvailable } of DATABASE_FLAVORS) {
  (isAvailable() ? describe : describe.skip)(`${flavor} reads back`, () => {
    let server: DatabaseServer;
    beforeAll(async () => void (server = await start()), 120_000);
    afterAll(() => server.stop());

    async function inEverySqlMode(check: (connection: Connection) => Promise<void>): Promise<void> {
      const connection = await server.connect();
      try {
        for (const mode of SQL_MODES) {
          await connection.query(`SET SESSION sql_mode = '${mode}'`);
          await check(connection);
        }
      } finally {
        await connection.end();
      }
    }

    test('every text that quoteLiteral writes, under every sql_mode', async () => {
      await inEverySqlMode((connection) =>
        fc.assert(
          fc.asyncProperty(batch(text), async (texts) => {
            const columns = texts.map((value, index) => `HEX(${quoteLiteral(value)}) AS c${index}`);
            const [[row]] = await connection.query<RowDataPacket[]>(`SELECT ${columns.join(', ')}`);

            const expected = texts.map((value) => Buffer.from(value, 'utf8').toString('hex').toUpperCase());
            expect(Object.values(row ?? {})).toEqual(expected);
          }),
          { numRuns: 20 },
        ),
      );
    });

    test('every text that quoteStringLiteral writes, in a session of connect', async () => {
      const { host, port, rootPassword: password } = server;
      const session = await connect({ host, port, user: 'root', password, tls: { mode: 'loopback' } });
      await fc.assert(
        fc.asyncProperty(batch(text), async (texts) => {
          const columns = texts.map((value, index) => `HEX(${quoteStringLiteral(value)}) AS c${index}`);
          const [[row]] = await session.query<RowDataPacket[]>(`SELECT ${columns.join(', ')}`);

          const expected = texts.map((value) => Buffer.from(value, 'utf8').toString('hex').toUpperCase());
          expect(Object.values(row ?? {})).toEqual(expected);
        }),
        { numRuns: 50 },
      );
      session.destroy();
    });

    test('every name that quoteIdentifier writes, under every sql_mode', async () => {
      await inEverySqlMode((connection) =>
        fc.assert(
          fc.asyncProperty(batch(name), async (names) => {
            const columns = names.map((value, index) => `${index} AS ${quoteIdentifier(value)}`);
            const [, fields] = await connection.query(`SELECT ${columns.join(', ')}`);

            expect(fields.map((field) => field.name)).toEqual(names);
          }),
          { numRuns: 20 },
        ),
      );
    });

    test('every account that quoteAccount writes, under every sql_mode', async () => {
      await inEverySqlMode((connection) =>
        fc.assert(
          fc.asyncProperty(fc.uniqueArray(name, { minLength: 1, maxLength: 10 }), async (users) => {
            const accounts = users.map((user) => quoteAccount(user, '10.0.%')).join(', ');
            await connection.query(`CREATE USER ${accounts}`);
            const [rows] = await connection.query<RowDataPacket[]>(
              "SELECT user AS name FROM mysql.user WHERE host = '10.0.%'",
            );
            await connection.query(`DROP USER ${accounts}`);

            expect(rows.map((row) => String(row['name'])).sort()).toEqual([...users].sort());
          }),
          { numRuns: 10 },
        ),
      );
    });

    test('a grant on exactly the database that grantPattern names', async () => {
      const databases = ['a_b', 'axb', 'a%b', 'axxb', 'a\\_b', 'a\\xb'];
      for (const database of databases) await server.query(`CREATE DATABASE ${quoteIdentifier(database)}`);

      for (const database of databases) {
        const account = quoteAccount('app', '%');
        await server.query(`CREATE USER ${account} IDENTIFIED BY 'secret'`);
        await server.query(`GRANT SELECT ON ${grantPattern(database)}.* TO ${account}`);
        const rows = await server.query(
          `SELECT table_schema FROM information_schema.schema_privileges WHERE grantee = "'app'@'%'"`,
        );
        const session = await server.connect();
        await session.changeUser({ user: 'app', password: 'secret' });
        const [visible] = await session.query<RowDataPacket[]>(
          "SELECT schema_name AS name FROM information_schema.schemata WHERE schema_name LIKE 'a%'",
        );
        session.destroy();
        await server.query(`DROP USER ${account}`);

        expect(rows).toHaveLength(1);
        expect(visible).toEqual([{ name: database }]);
      }
    });
  });
}

test.each(['', 'a\0b', '🙂', '\ud800'])('refuses %j as a name', (bad) => {
  expect(() => quoteIdentifier(bad)).toThrow(RangeError);
  expect(() => quoteAccount(bad, '%')).toThrow(RangeError);
  expect(() => grantPattern(bad)).toThrow(RangeError);
});

test('refuses half a surrogate pair as a text', () => {
  expect(() => quoteLiteral('\ud83d')).toThrow(RangeError);
  expect(() => quoteStringLiteral('\ud83d')).toThrow(RangeError);
});

test('writes what a person would, where that is safe', () => {
  expect(quoteLiteral("it's")).toBe("'it''s'");
  expect(quoteStringLiteral("it's")).toBe("'it''s'");
  expect(quoteStringLiteral('C:\\')).toBe("'C:\\\\'");
  expect(quoteIdentifier('my`table')).toBe('`my``table`');
  expect(quoteAccount('app', '10.0.%')).toBe('`app`@`10.0.%`');
  expect(grantPattern('my_shop')).toBe('`my\\_shop`');
});
