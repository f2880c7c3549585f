import { createConnection, type Connection } from 'mysql2/promise';
import type { DatabaseServer, Row } from './database-server.ts';

/** The part of a {@link DatabaseServer} that talks to it as root. */
export function rootAccess(
  port: number,
  rootPassword: string,
): Pick<DatabaseServer, 'host' | 'port' | 'rootPassword' | 'connect' | 'query'> {
  const host = '127.0.0.1';
  const connect = (database?: string): Promise<Connection> =>
    createConnection({
      ...{ host, port, user: 'root', password: rootPassword },
      ...(database !== undefined && { database }),
      // None is prepared, and room for the driver's 16,000 of each connection is the most that a query costs.
      maxPreparedStatements: 1,
    });
  return {
    host,
    port,
    rootPassword,
    connect,
    async query(sql, database) {
      const connection = await connect(database);
      try {
        const [rows] = await connection.query(sql);
        return rows as Row[];
      } finally {
        await connection.end();
      }
    },
  };
}
