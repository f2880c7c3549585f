import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createBackupUser, createBigDatabase, type DatabaseServer } from '@serverless-ops/test-servers';

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

/** Fills the server with a database of about 800 MB, and makes the account that backs it up. */
export async function createBenchDatabase(server: DatabaseServer, folder: string): Promise<BenchDatabase> {
  await createBigDatabase(server, { megabytes: 800, name: NAME });
  const password = await createBackupUser(server, NAME);
  const optionFile = join(folder, `${server.flavor}.cnf`);
  const options = ['[client]', `host=${server.host}`, `port=${server.port}`, 'user=backup', `password=${password}`];
  await writeFile(optionFile, `${options.join('\n')}\n`, { mode: 0o600 });
  return { server, name: NAME, user: 'backup', password, optionFile };
}
