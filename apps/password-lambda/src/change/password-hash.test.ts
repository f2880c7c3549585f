import { mysqlAvailable, startMysql } from '@serverless-ops/test-servers';
import { isHashOf, nativeHash } from './password-hash.ts';
import { shaCrypt } from './sha-crypt.ts';

test.each([
  ['Hello world!', 'saltstring', 5000, '5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5'],
  ['Hello world!', 'saltstringsaltst', 10_000, '3xv.VbSHBb41AL9AvLeujZkZRBAwqFMz2.opqey6IcA'],
  ['pä'.repeat(40), 'ab', 1000, 'WuCw5mVTzyxx94wBJpTUs4/Cr8yOmi3DeqX73KM98u1'],
])('hashes as crypt(3) does: %s', (password, salt, rounds, digest) => {
  expect(shaCrypt(password, salt, rounds)).toBe(digest);
});

test('hashes as mysql_native_password does', () => {
  expect(nativeHash('password')).toBe('*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19');
  expect(isHashOf('*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19', 'password')).toBe(true);
  expect(isHashOf('*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19', 'Password')).toBe(false);
});

test.each(['', 'invalid', '$A$005$', '$5$salt$short', 'password'])('knows no password of the hash %j', (hash) => {
  expect(isHashOf(hash, 'password')).toBe(false);
});

(mysqlAvailable() ? test : test.skip)(
  'knows the hashes that MySQL makes, for passwords of every length',
  async () => {
    await using server = await startMysql();
    const lengths = [1, 2, 15, 16, 31, 32, 33, 63, 64, 65, 127, 255, 256];
    for (const plugin of ['caching_sha2_password', 'sha256_password']) {
      for (const length of lengths) {
        const password = 'aé'.repeat(length).slice(0, length);
        await server
          .query(`CREATE USER mary IDENTIFIED WITH ${plugin} BY '${password}'`)
          .catch(async (error: unknown) => {
            if (length < 129) throw error;
            await server.query(`CREATE USER mary IDENTIFIED WITH ${plugin} BY '${'x'.repeat(length)}'`);
          });
        const [row] = await server.query(`SELECT authentication_string AS hash FROM mysql.user WHERE User = 'mary'`);
        await server.query('DROP USER mary');

        const candidates = [password, 'x'.repeat(length)].filter((one) => isHashOf(String(row?.['hash']), one));
        expect([plugin, length, candidates.length]).toEqual([plugin, length, 1]);
      }
    }
  },
  120_000,
);
