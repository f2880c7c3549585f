import { escapeId } from 'mysql2';
import type { DatabaseServer } from '../databases/database-server.ts';

/**
 * Makes the database as far as the server takes the statements: which combinations it refuses, such as rows that are too
 * long, is no business of who wants a database. Gives how many it took.
 */
export async function createRandom(
  server: DatabaseServer,
  database: string,
  statements: readonly string[],
): Promise<number> {
  await server.query(`CREATE DATABASE ${escapeId(database, true)} CHARACTER SET utf8mb4`);
  const connection = await server.connect(database);
  let taken = 0;
  try {
    for (const sql of statements) {
      await connection.query(sql).then(
        () => taken++,
        (error: unknown) => {
          if ((error as { fatal?: boolean }).fatal === true) throw error;
        },
      );
    }
  } finally {
    await connection.end();
  }
  return taken;
}
