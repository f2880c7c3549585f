import { requireProgram } from '../programs/find-program.ts';
import type { DatabaseServer, DatabaseServerOptions } from './database-server.ts';
import { runProgram } from '../programs/run-program.ts';
import { startsAsRoot, type ServerProgram } from './server-program.ts';
import { LOGS_BINARY, LOWERS_NAMES } from './server-options.ts';
import { startServer } from './start-server.ts';

/** Debian's package of the server; its client comes along. */
const PACKAGE = 'mariadb-server';

export interface MariadbOptions extends DatabaseServerOptions {
  /** Where it finds its plugins. @default where the machine's package has them */
  readonly pluginFolder?: string;
}

async function findMariadb({
  pluginFolder,
  lowersNames = false,
  logsBinary = false,
}: MariadbOptions): Promise<ServerProgram> {
  const mariadbd = requireProgram('mariadbd', PACKAGE);
  const install = requireProgram('mariadb-install-db', PACKAGE);
  const [version] = /\d+\.\d+\.\d+/.exec(await runProgram(mariadbd, ['--version'])) ?? ['unknown'];
  return {
    flavor: 'mariadb',
    command: [mariadbd, '--no-defaults'],
    templateName: `mariadb-${version}-data-1`,
    async initialize(dataFolder) {
      await runProgram(install, [
        '--no-defaults',
        `--datadir=${dataFolder}`,
        '--auth-root-authentication-method=normal',
        '--skip-test-db',
        '--innodb-flush-method=nosync',
        '--innodb-log-file-size=48M',
        ...(startsAsRoot() ? ['--user=root'] : []),
      ]);
    },
    startOptions: [
      '--innodb-log-file-size=48M',
      ...(lowersNames ? [LOWERS_NAMES] : []),
      ...(logsBinary ? LOGS_BINARY : []),
      ...(pluginFolder === undefined ? [] : [`--plugin-dir=${pluginFolder}`]),
    ],
  };
}

/** Starts the MariaDB server that is installed on this machine. */
export async function startMariadb(options: MariadbOptions = {}): Promise<DatabaseServer> {
  return startServer(await findMariadb(options), options);
}
