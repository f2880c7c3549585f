import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cachedFolder } from '../workspace/cache-folder.ts';
import type { DatabaseServer, DatabaseServerOptions } from './database-server.ts';
import { guardProcess } from './process-guard.ts';
import { rootAccess } from './root-access.ts';
import { runProgram } from '../programs/run-program.ts';
import { createServerCertificate } from './server-certificate.ts';
import { serverOptions } from './server-options.ts';
import { SERVER_USER, startsAsRoot, type ServerProgram } from './server-program.ts';
import { spawnServer } from './spawn-server.ts';

/** Run by the server before it takes connections, so that it never answers a root without a password. */
function initStatements(rootPassword: string): string {
  return [
    `CREATE USER 'root'@'%' IDENTIFIED BY '${rootPassword}';`,
    `GRANT ALL PRIVILEGES ON *.* TO 'root'@'%' WITH GRANT OPTION;`,
    ...['localhost', '127.0.0.1', '::1'].map((host) => `DROP USER IF EXISTS 'root'@'${host}';`),
    `DROP USER IF EXISTS ''@'localhost';\n`,
  ].join('\n');
}

/** Of the first start alone: it makes the account of root. */
const initFile = (folder: string): string => join(folder, 'init.sql');

/** Starts a server in a folder of its own; process and folder go when `stop` is called, or when we end. */
export async function startServer(program: ServerProgram, options: DatabaseServerOptions): Promise<DatabaseServer> {
  const template = await cachedFolder(program.templateName, (folder) => program.initialize(folder));
  const folder = await mkdtemp(join(tmpdir(), `serverless-ops-${program.flavor}-`));
  const rootPassword = randomBytes(12).toString('hex');
  try {
    await runProgram('cp', ['-a', template, join(folder, 'data')]);
    await writeFile(initFile(folder), initStatements(rootPassword));
    const { tlsHostName } = options;
    const certificate = tlsHostName === undefined ? undefined : await createServerCertificate(folder, tlsHostName);
    if (startsAsRoot()) await runProgram('chown', ['-R', `${SERVER_USER}:`, folder]);
    const commandLine = serverOptions(program, folder, certificate);
    let spawned = await spawnServer(program.command, [...commandLine, `--init-file=${initFile(folder)}`]);
    const guard = guardProcess(spawned.pid, folder);
    const { port } = spawned;
    const root = rootAccess(port, rootPassword);
    const [row] = await root.query('SELECT VERSION() AS version');
    const stop = async (): Promise<void> => {
      await spawned.kill();
      await guard.release();
    };
    return {
      ...root,
      flavor: program.flavor,
      version: String(row?.['version']),
      get pid() {
        return spawned.pid;
      },
      ...(certificate && { caFile: certificate.caFile }),
      kill: () => spawned.kill(),
      async restart() {
        spawned = await spawnServer(program.command, commandLine, port);
        guard.watch(spawned.pid);
      },
      stop,
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}
