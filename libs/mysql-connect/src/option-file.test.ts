import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { basename, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import type { JobError } from '@serverless-ops/job-schemas';
import {
  mysqlAvailable,
  mysqlClientFolder,
  startMariadb,
  startMysql,
  type DatabaseServer,
} from '@serverless-ops/test-servers';
import fc from 'fast-check';
import type { DatabaseConnection } from './database-connection.ts';
import { optionFile } from './option-file.ts';

/** Runs a client as the worker's scripts do, the option file coming through a pipe; gives all that it printed. */
async function run(client: string, connection: DatabaseConnection, sql: string): Promise<string> {
  const script = 'exec "$1" --defaults-extra-file=<(cat <&3) --batch --skip-column-names --execute="$2"';
  const child = spawn('bash', ['-c', script, 'bash', client, sql], { stdio: ['ignore', 'pipe', 'pipe', 'pipe'] });
  const [, stdout, stderr, descriptor3] = child.stdio as unknown as [null, Readable, Readable, Writable];
  let printed = '';
  for (const stream of [stdout, stderr]) stream.setEncoding('utf8').on('data', (data: string) => (printed += data));
  descriptor3.end(optionFile(connection));
  await once(child, 'close');
  return printed;
}

const hasMysql = mysqlAvailable();
const mysql = join(mysqlClientFolder(), 'mysql');
const pairs = [
  { client: 'mariadb', flavor: 'MariaDB', start: startMariadb, runs: describe },
  { client: 'mariadb', flavor: 'MySQL 9', start: startMysql, runs: hasMysql ? describe : describe.skip },
  { client: mysql, flavor: 'MySQL 9', start: startMysql, runs: hasMysql ? describe : describe.skip },
];

const ANY = 'a\\b"c\'d#e;f=g[h] \t\n\r\x01\x1a ünï密码🔑\\n\\s';
const character = fc.oneof(
  fc.constantFrom('\\', '"', "'", '#', ';', '=', '[', ']', ' ', '\n', '\r', '\t', '\b', '!', '%', '$', '`'),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }).filter((unit) => unit !== '\0'),
);
const anyPassword = fc.string({ unit: character, minLength: 1, maxLength: 24 });

for (const { client, flavor, start, runs } of pairs) {
  runs(`${basename(client)} logs in to ${flavor}`, () => {
    let server: DatabaseServer;
    let connection: DatabaseConnection;
    beforeAll(async () => {
      server = await start({ tlsHostName: '127.0.0.1' });
      await server.query("CREATE USER 'app'@'%'");
      connection = {
        ...{ host: '127.0.0.1', port: server.port, user: 'app', password: '', database: 'shop' },
        tls: { mode: 'loopback' },
      };
    }, 120_000);
    afterAll(() => server.stop());

    async function setPassword(password: string): Promise<void> {
      const session = await server.connect();
      await session.query("SET SESSION sql_mode = 'NO_BACKSLASH_ESCAPES'");
      await session.query(`ALTER USER 'app'@'%' IDENTIFIED BY '${password.replaceAll("'", "''")}'`);
      session.destroy();
    }

    test('with any password, and says nothing else', async () => {
      await fc.assert(
        fc.asyncProperty(anyPassword, async (password) => {
          await setPassword(password);

          expect(await run(client, { ...connection, password }, 'SELECT CURRENT_USER()')).toBe('app@%\n');
        }),
        { numRuns: 25, examples: [[ANY], [' '], ['\\'], ['"'], ['#'], ['\n[client]\nuser=root']] },
      );
    }, 60_000);

    test('in utf8mb4', async () => {
      await setPassword('secret');

      const printed = await run(client, { ...connection, password: 'secret' }, "SELECT '🙂', HEX('🙂')");

      expect(printed).toBe('🙂\tF09F9982\n');
    });

    const verified = (): DatabaseConnection => {
      const tls = { mode: 'verify', ...(server.caFile !== undefined && { caFile: server.caFile }) } as const;
      return { ...connection, password: 'secret', tls };
    };

    test('over TLS that verifies authority and host name', async () => {
      await setPassword('secret');

      const printed = await run(client, verified(), "SHOW SESSION STATUS LIKE 'Ssl_cipher'");

      expect(printed).toMatch(/^Ssl_cipher\tTLS_\w+$/m);
    });

    test('not when the authority is another', async () => {
      const tls = { mode: 'verify', caFile: '/etc/ssl/certs/ca-certificates.crt' } as const;

      const printed = await run(client, { ...verified(), tls }, 'SELECT 1');

      expect(printed).toMatch(/ERROR 2026 .*certificate/);
    });

    test('not when the certificate is made out to another host', async () => {
      const printed = await run(client, { ...verified(), host: 'localhost' }, 'SELECT 1');

      expect(printed).toMatch(/ERROR 2026/);
    });

    test('unverified, whatever the certificate', async () => {
      await setPassword('secret');

      const tls = { mode: 'INSECURE_unverified' } as const;
      const printed = await run(client, { ...connection, password: 'secret', tls }, 'SELECT CURRENT_USER()');

      expect(printed).toBe('app@%\n');
    });
  });
}

const connection: DatabaseConnection = {
  ...{ host: 'db.example.com', port: 3306, user: 'app', password: 'a"b\\c', database: 'shop' },
  tls: { mode: 'verify', caFile: '/app/authorities.pem' },
};

test('is an option file with every value quoted', () => {
  expect(optionFile(connection)).toBe(
    [
      '[client]',
      'host="db.example.com"',
      'port=3306',
      'protocol=tcp',
      'user="app"',
      'password="a\\"b\\\\c"',
      'default-character-set=utf8mb4',
      'ssl-ca="/app/authorities.pem"',
      'loose_ssl-mode=VERIFY_IDENTITY',
      '[client-mariadb]',
      'ssl-verify-server-cert',
      '',
    ].join('\n'),
  );
});

test.each([
  ['with NUL', 'a\0b'],
  ['of a length that the clients would cut', 'x'.repeat(5000)],
])('refuses a password %s', (_, password) => {
  expect(() => optionFile({ ...connection, password })).toThrow(
    expect.objectContaining({
      code: 'ParameterInvalid',
      message: expect.stringContaining('The password cannot be given to the MySQL clients') as string,
    }) as JobError,
  );
});

test('refuses to verify without a file of authorities, rather than not to verify', () => {
  expect(() => optionFile({ ...connection, tls: { mode: 'verify' } })).toThrow('give `caFile`');
});
