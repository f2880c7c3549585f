import { escapeId } from 'mysql2';
import { createConnection, type Connection } from 'mysql2/promise';
import type { DatabaseServer } from '../databases/database-server.ts';
import type { ZooCase, ZooStatement } from './zoo-case.ts';
import { ZOO_MARIADB } from './zoo-mariadb.ts';
import { ZOO_MYSQL } from './zoo-mysql.ts';
import { ZOO_PROGRAMS } from './zoo-programs.ts';
import { ZOO_TABLES } from './zoo-tables.ts';

/** The cases that a server of this maker knows. */
export function zooCases(flavor: DatabaseServer['flavor']): ZooCase[] {
  return [...ZOO_TABLES, ...ZOO_PROGRAMS, ...(flavor === 'mysql' ? ZOO_MYSQL : ZOO_MARIADB)];
}

/** Makes a database of one case, and the database `other` that it may refer to. */
export async function createZoo(
  server: DatabaseServer,
  database: string,
  { databaseOptions = 'CHARACTER SET utf8mb4', statements }: ZooCase,
): Promise<void> {
  const other = `${database}_other`;
  await server.query(`CREATE DATABASE ${escapeId(database, true)} ${databaseOptions}`);
  await server.query(`CREATE DATABASE IF NOT EXISTS ${escapeId(other, true)}`);
  for (const entry of statements) {
    const { sql, set, charset }: ZooStatement = typeof entry === 'string' ? { sql: entry } : entry;
    const connection = await open(server, database, charset);
    try {
      await connection.query("SET sql_mode = ''");
      if (set !== undefined) await connection.query(`SET ${set}`);
      await connection.query(
        sql
          .replaceAll('%OWNTEXT%', database)
          .replaceAll('%OWN%', escapeId(database, true))
          .replaceAll('%OTHER%', escapeId(other, true)),
      );
    } catch (error) {
      throw new Error(`The server refused: ${sql}`, { cause: error });
    } finally {
      await connection.end();
    }
  }
}

async function open(server: DatabaseServer, database: string, charset = 'UTF8MB4_GENERAL_CI'): Promise<Connection> {
  const { host, port, rootPassword: password } = server;
  return createConnection({ host, port, user: 'root', password, database, charset });
}
