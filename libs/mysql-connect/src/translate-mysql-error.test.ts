import { inspect } from 'node:util';
import { startMariadb } from '@serverless-ops/test-servers';
import { connect } from './connect.ts';
import { MYSQL_ERROR_TRANSLATIONS } from './mysql-error-translations.ts';
import { quoteLiteral } from './quoting.ts';
import { translateMysqlError } from './translate-mysql-error.ts';

const connection = {
  ...{ host: 'db.example.com', port: 3306, user: 'app', password: 'S3cr3t', database: 'shop' },
  tls: { mode: 'verify' },
} as const;

test('leaves a JobError as it is', () => {
  const first = translateMysqlError(Object.assign(new Error('gone'), { code: 'EPIPE' }), connection);

  expect(translateMysqlError(first, connection)).toBe(first);
});

test('has one translation for each code', () => {
  const codes = MYSQL_ERROR_TRANSLATIONS.flatMap(({ from }) => from);

  expect(new Set(codes).size).toBe(codes.length);
});

test.each(MYSQL_ERROR_TRANSLATIONS.flatMap(({ from, to }) => from.map((code) => [code, to])))(
  'tells %s as %s, with where it happened, what to do, and its cause',
  (code, expected) => {
    const error = Object.assign(new Error('as the driver says it'), { code });

    const translated = translateMysqlError(error, connection);

    expect(translated.code).toBe(expected);
    expect(translated.message).toMatch(/^Database "shop" on db\.example\.com:3306, as user "app": .+\. \S.+\.$/);
    expect(translated.message).not.toContain('S3cr3t');
    expect(translated.cause).toBe(error);
  },
);

test('speaks of the server where no database is named', () => {
  const { database: _, ...server } = connection;
  const error = Object.assign(new Error('no'), { code: 'ER_DBACCESS_DENIED_ERROR' });

  expect(translateMysqlError(error, server).message).toBe(
    'Database server db.example.com:3306, as user "app": the user has no rights on this database, ' +
      'or the database does not exist. Check db_name, or grant rights on it.',
  );
});

test('calls what it does not know an InternalError', () => {
  expect(translateMysqlError(new TypeError('x is not a function'), connection)).toMatchObject({
    code: 'InternalError',
    message:
      'Database "shop" on db.example.com:3306, as user "app": x is not a function. Report it with the log of this job.',
  });
});

test('sends the reader to the server with an answer of the server that it does not know', () => {
  const error = Object.assign(new Error('x'), { code: 'ER_DISK_FULL', errno: 1021, sqlState: 'HY000' });

  expect(translateMysqlError(error, connection).message).toMatch(
    /\(1021, SQLSTATE HY000\)\. Look for the reason in the /,
  );
});

test.each([
  ['ER_PLUGIN_IS_NOT_LOADED', "Plugin 'mysql_native_password' is not loaded", 'mysql_native_password'],
  [
    'AUTH_SWITCH_PLUGIN_ERROR',
    'Server requests authentication using unknown plugin client_ed25519. See',
    'client_ed25519',
  ],
])('names the way to log in that is missing: %s', (code, message, plugin) => {
  const error = Object.assign(new Error(message), { code });

  expect(translateMysqlError(error, connection).message).toContain(`: the account logs in with ${plugin}, which `);
});

test('keeps nothing of a statement that the server did not understand', async () => {
  await using server = await startMariadb();
  const { host, port, rootPassword } = server;
  const login = { host, port, user: 'root', password: rootPassword, database: 'mysql' };
  const session = await connect({ ...login, tls: { mode: 'loopback' } });

  const statement = `ALTER USER app IDENTIFIED BYE ${quoteLiteral('S3cr3t')}`;
  const failure: unknown = await session.query(statement).catch((error: unknown) => error);
  session.destroy();

  const translated = translateMysqlError(failure, connection);
  expect(inspect(failure)).toContain('S3cr3t');
  expect(inspect(translated, { depth: null })).not.toContain('S3cr3t');
  expect(translated.message).toContain('the server answered ER_PARSE_ERROR (1064, SQLSTATE 42000)');
});

test('tells a killed MariaDB connection, whose error the driver has no name for, as lost', async () => {
  await using server = await startMariadb();
  const { host, port, rootPassword } = server;
  const login = { host, port, user: 'root', password: rootPassword, database: 'mysql' };
  const session = await connect({ ...login, tls: { mode: 'loopback' } });

  const failure: unknown = await session.query('KILL CONNECTION_ID()').catch((error: unknown) => error);

  expect(translateMysqlError(failure, connection).code).toBe('ConnectionLost');
});
