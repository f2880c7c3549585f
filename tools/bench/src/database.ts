import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createBackupUser, type DatabaseServer } from '@serverless-ops/test-servers';
import type { DataSet } from './data-sets.ts';

/** The database that is backed up, reachable by every way that is compared. */
export interface BenchDatabase {
  server: DatabaseServer;
  name: string;
  user: string;
  password: string;
  /** The same as a MySQL option file, for the ways that run the dump script themselves. */
  optionFile: string;
}

const NAME = 'bench';
const USER = 'backup';

/**
 * Fills the server with the only database that it is to have, and makes the account that backs it up. The account may
 * lock the server (RELOAD), without which mydumper does not start and the worker takes a slower lock.
 */
export async function createBenchDatabase(
  server: DatabaseServer,
  dataSet: DataSet,
  folder: string,
): Promise<BenchDatabase> {
  await server.query(`DROP DATABASE IF EXISTS ${NAME}`);
  await server.query(`DROP USER IF EXISTS ${USER}`);
  await dataSet.create(server, NAME);
  const password = await createBackupUser(server, NAME);
  await server.query(`GRANT RELOAD, PROCESS, REPLICATION CLIENT ON *.* TO ${USER}`);
  const optionFile = join(folder, `${server.flavor}.cnf`);
  const options = ['[client]', `host=${server.host}`, `port=${server.port}`, `user=${USER}`, `password=${password}`];
  await writeFile(optionFile, `${options.join('\n')}\n`, { mode: 0o600 });
  return { server, name: NAME, user: USER, password, optionFile };
}
