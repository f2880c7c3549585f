import { JobError } from '@serverless-ops/job-schemas';
import type { Account } from './accounts.ts';
import type { AdminSession } from './admin-session.ts';
import { nativeHash } from './password-hash.ts';
import { setPassword } from './set-password.ts';

const BEFORE = nativeHash('Before-1');
const AFTER = nativeHash('After-2');

const account = (host: string): Account => ({
  ...{ user: 'mary', host, plugin: 'mysql_native_password', hash: BEFORE, retainedHash: undefined, canRetain: false },
  ...{ isLocked: false, isRole: false, requires: 'nothing', administrativeRights: [] },
});

const alter = (host: string, hash: string): string =>
  `ALTER USER \`mary\`@\`${host}\` IDENTIFIED VIA mysql_native_password USING '${hash}'`;

/** A session of MariaDB that refuses some statements, with those that it was sent. */
function sessionThatRefuses(refused: readonly string[]): { session: AdminSession; sent: string[] } {
  const sent: string[] = [];
  const session: AdminSession = {
    ...{ flavor: 'mariadb', hasRoles: false, address: '127.0.0.1', addresses: ['127.0.0.1'], isEncrypted: false },
    variable: () => undefined,
    query: (sql) => {
      sent.push(sql);
      return refused.includes(sql)
        ? Promise.reject(new JobError('PasswordRefused', 'The server refuses the new password.'))
        : Promise.resolve([]);
    },
    close: () => undefined,
  };
  return { session, sent };
}

describe('a password of several accounts on MariaDB, one of which is refused', () => {
  const accounts = [account('%'), account('10.0.%'), account('10.1.%')];

  it('gives those before it their former password back', async () => {
    const { session, sent } = sessionThatRefuses([alter('10.1.%', AFTER)]);

    await expect(setPassword(accounts, 'After-2', session)).rejects.toMatchObject({
      code: 'PasswordRefused',
      message: 'The server refuses the new password.',
    });
    expect(sent.slice(-2)).toEqual([alter('%', BEFORE), alter('10.0.%', BEFORE)]);
  });

  it('says which have the new one when it cannot', async () => {
    const { session } = sessionThatRefuses([alter('10.1.%', AFTER), alter('%', BEFORE)]);

    await expect(setPassword(accounts, 'After-2', session)).rejects.toMatchObject({
      code: 'PasswordRefused',
      message: expect.stringContaining('for "%", "10.0.%" have the new password already') as string,
    });
  });
});
