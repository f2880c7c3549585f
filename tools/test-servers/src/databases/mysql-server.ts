import { join } from 'node:path';
import type { DatabaseServer, DatabaseServerOptions } from './database-server.ts';
import { installMysql, mysqlCommand, mysqlRoot } from './mysql-packages.ts';
import { runProgram } from '../programs/run-program.ts';
import { startsAsRoot, type ServerProgram } from './server-program.ts';
import { LOGS_BINARY, LOWERS_NAMES } from './server-options.ts';
import { startServer } from './start-server.ts';

async function findMysql({ lowersNames = false, logsBinary = false }: DatabaseServerOptions): Promise<ServerProgram> {
  await installMysql();
  const usr = join(mysqlRoot(), 'usr');
  const [loader, ...args] = mysqlCommand('usr/sbin/mysqld');
  const leading = [
    ...args,
    '--no-defaults',
    `--basedir=${usr}`,
    `--lc-messages-dir=${usr}/share/mysql`,
    `--character-sets-dir=${usr}/share/mysql/charsets`,
    `--plugin-dir=${usr}/lib/mysql/plugin`,
    '--innodb-redo-log-capacity=64M',
  ];
  // MySQL writes the setting into the data folder, and starts with no other one.
  const names = lowersNames ? [LOWERS_NAMES] : [];
  const [version] = /\d+\.\d+\.\d+/.exec(await runProgram(loader, [...args, '--version'])) ?? ['unknown'];
  return {
    flavor: 'mysql',
    command: [loader, ...leading],
    templateName: `mysql-${version}-data${lowersNames ? '-lower' : ''}-1`,
    async initialize(dataFolder) {
      const asRoot = startsAsRoot() ? ['--user=root'] : [];
      await runProgram(loader, [...leading, ...asRoot, ...names, '--initialize-insecure', `--datadir=${dataFolder}`]);
    },
    startOptions: ['--mysqlx=OFF', ...names, ...(logsBinary ? LOGS_BINARY : [])],
  };
}

/** Starts a MySQL 9 server; ask `mysqlAvailable` first whether that can work here. */
export async function startMysql(options: DatabaseServerOptions = {}): Promise<DatabaseServer> {
  return startServer(await findMysql(options), options);
}
