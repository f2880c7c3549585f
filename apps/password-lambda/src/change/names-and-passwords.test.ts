import { DATABASE_FLAVORS, type DatabaseServer } from '@serverless-ops/test-servers';
import { quoteAccount, type ServerConnection } from '@serverless-ops/mysql-connect';
import fc from 'fast-check';
import { problemOfAccountName } from '../account-name.ts';
import { openGeneralLog } from '../testing/general-log.ts';
import { findAccounts } from './accounts.ts';
import { openAdminSession, type AdminSession } from './admin-session.ts';
import { createAccount } from './create-account.ts';
import { proveLogin } from './prove-login.ts';
import { setPassword } from './set-password.ts';

/** Of the two kinds of server together, 1,000. */
const RUNS = 500;

/** Characters of a password that is in no statement by chance. */
const NO_CHANCE = 12;

/** Characters that quoting gets wrong first. */
const nasty = fc.constantFrom('\\', "'", '"', '`', '%', '_', ' ', ';', '--', '/*', '*/', '#', '$', '@', "\\'", '\\n');
const anything = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 });
const text = (maxPieces: number): fc.Arbitrary<string> =>
  fc
    .array(fc.oneof(nasty, anything), { minLength: 1, maxLength: maxPieces })
    .map((pieces) => pieces.join('').replaceAll(/\p{Cc}/gu, ''));

/** What the request allows, and every server: MySQL takes at most 32 characters. */
const name = text(12).filter((user) => user !== '' && user.length <= 32 && problemOfAccountName(user) === undefined);
const password = text(30).filter((value) => value !== '' && value.length <= 256);

for (const { flavor, start, isAvailable } of DATABASE_FLAVORS) {
  (isAvailable() ? describe : describe.skip)(`any name and password on ${flavor}`, () => {
    let server: DatabaseServer;
    let session: AdminSession;
    let connection: Omit<ServerConnection, 'user' | 'password'>;

    beforeAll(async () => {
      server = await start();
      connection = { host: '127.0.0.1', port: server.port, tls: { mode: 'loopback' } };
      session = await openAdminSession({ ...connection, user: 'root', password: server.rootPassword });
    }, 120_000);
    afterAll(async () => {
      session.close();
      await server.stop();
    });

    test('can be created, logged in with, changed and logged in with again, and the general log shows none', async () => {
      const log = await openGeneralLog(server);
      const passwords = new Set<string>();
      const roundTrip = async (user: string, first: string, second: string): Promise<void> => {
        const account = { user, host: '%' };
        for (const one of [first, second]) if (one.length >= NO_CHANCE) passwords.add(one);
        await createAccount(account, first, session, () => 'Throw-away-1');
        try {
          expect(await proveLogin({ ...connection, user, password: first }, [account])).toBeUndefined();
          const accounts = await findAccounts(session, user);
          expect(accounts).toMatchObject([account]);
          expect(await setPassword(accounts, first, session)).toBe(false);
          expect(await setPassword(accounts, second, session)).toBe(first !== second);
          expect(await proveLogin({ ...connection, user, password: second }, [account])).toBeUndefined();
        } finally {
          await session.query(`DROP USER ${quoteAccount(user, '%')}`);
        }
      };

      await fc.assert(fc.asyncProperty(name, password, password, roundTrip), { numRuns: RUNS });
      expect(await log.linesWith([...passwords])).toEqual([]);
    }, 120_000);
  });
}
