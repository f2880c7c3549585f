import type { DatabaseConnection } from '@serverless-ops/mysql-connect';
import type { DatabaseServer } from '@serverless-ops/test-servers';

/** How `connect` reaches a database of a server for tests, as root. */
export function databaseOf({ host, port, rootPassword }: DatabaseServer, database: string): DatabaseConnection {
  return { host, port, user: 'root', password: rootPassword, tls: { mode: 'loopback' }, database };
}
