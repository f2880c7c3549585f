import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { RESTORE_MARKER_TABLE } from '@serverless-ops/names';
import { DATABASE_FLAVORS, mysqlClientFolder } from '@serverless-ops/test-servers';

jest.setTimeout(60_000);

const SCRIPT = join(import.meta.dirname, '../../../scripts/db_backup.sh');

for (const { flavor, start, isAvailable } of DATABASE_FLAVORS) {
  (isAvailable() ? test : test.skip)(`db_backup.sh on ${flavor} leaves the marker of a restore out`, async () => {
    await using server = await start();
    await server.query('CREATE DATABASE `my shop`');
    await server.query('CREATE TABLE t (a INT)', 'my shop');
    await server.query(`CREATE TABLE ${RESTORE_MARKER_TABLE} (a INT)`, 'my shop');
    const { host, port, rootPassword: password } = server;
    const options = `[client]\nhost=${host}\nport=${port}\nuser=root\npassword=${password}\nprotocol=tcp\n`;
    const isMariadb = flavor === 'MariaDB';

    const words = [SCRIPT, 'my shop', isMariadb ? 'mariadb' : 'mysql'];
    const dump = execFileSync('sh', ['-c', 'exec "$0" "$@" 3<&0', ...words], {
      ...{ input: options, encoding: 'utf8' },
      env: { PATH: isMariadb ? '/usr/bin:/bin' : `${mysqlClientFolder()}:/usr/bin:/bin` },
    });

    expect(dump).toContain('CREATE TABLE `t`');
    expect(dump).not.toContain(RESTORE_MARKER_TABLE);
  });
}
