import type { DatabaseServer, DatabaseServerOptions } from './database-server.ts';
import { startMariadb } from './mariadb-server.ts';
import { mysqlAvailable } from './mysql-packages.ts';
import { startMysql } from './mysql-server.ts';

/** A kind of server that what we do has to work with. */
export interface DatabaseFlavor {
  readonly flavor: string;
  readonly start: (options?: DatabaseServerOptions) => Promise<DatabaseServer>;
  /** Where it is not, tests say so by being skipped: `(isAvailable() ? describe : describe.skip)(...)`. */
  readonly isAvailable: () => boolean;
}

/** Every kind of server, for tests that run against each. */
export const DATABASE_FLAVORS: readonly DatabaseFlavor[] = [
  { flavor: 'MariaDB', start: startMariadb, isAvailable: () => true },
  { flavor: 'MySQL 9', start: startMysql, isAvailable: mysqlAvailable },
];
