import { join } from 'node:path';
import {
  mysqlClientFolder,
  restoreByClient,
  type ClientMaker,
  type DatabaseServer,
} from '@serverless-ops/test-servers';
import type { DumpTool } from './dump-tool.ts';
import { runProgram } from './run-program.ts';

/** What the manuals of both makers recommend for a whole backup of InnoDB tables. */
const OPTIONS = [
  '--single-transaction',
  ...['--routines', '--events', '--triggers'],
  ...['--hex-blob', '--default-character-set=utf8mb4', '--max-allowed-packet=1G'],
];

/** `mysqldump` of MySQL 9. It has no method of authentication in common with MariaDB. */
export const MYSQLDUMP: DumpTool = dumpProgram({
  name: 'mysqldump 9.7',
  program: () => join(mysqlClientFolder(), 'mysqldump'),
  options: [...OPTIONS, '--set-gtid-purged=OFF'],
  client: 'mysql',
  fits: ({ flavor }) => flavor === 'mysql',
});

/** `mariadb-dump` of this machine, which many images have under the name of mysqldump. */
export const MARIADB_DUMP: DumpTool = dumpProgram({
  name: 'mariadb-dump 10.11',
  program: () => 'mariadb-dump',
  options: OPTIONS,
  client: 'mariadb',
  fits: () => true,
});

interface DumpProgram {
  readonly name: string;
  readonly program: () => string;
  readonly options: readonly string[];
  /** The client of the same package, which restores. */
  readonly client: ClientMaker;
  readonly fits: (server: DatabaseServer) => boolean;
}

function dumpProgram({ name, program, options, client, fits }: DumpProgram): DumpTool {
  return {
    name,
    fits,
    async dump(server, database) {
      const login = [
        ...['--no-defaults', `--host=${server.host}`, `--port=${server.port}`],
        ...['--user=root', `--password=${server.rootPassword}`],
      ];
      const dump = (...names: string[]): Promise<Buffer> => runProgram(program(), [...login, ...options, ...names]);
      // With this option the dump creates the database, as it was; without it, the dump names none.
      const [whole, movable] = [await dump('--databases', database), await dump('--', database)];
      return {
        named: [],
        restore: () => restoreByClient(server, 'mysql', whole, client),
        restoreAs: (target) => restoreByClient(server, target, movable, client),
      };
    },
  };
}
