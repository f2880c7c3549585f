import { resolve, join } from 'node:path';
import { loadSettings } from '@serverless-ops/settings';
import { buildStacks, startLocalCloud, startMariadb } from '@serverless-ops/test-servers';
import { parseStartOptions } from './command-line.ts';
import { fileSampleDatabase } from './file-sample-database.ts';
import { requireFreePort } from './require-free-port.ts';

const workspaceRoot = join(import.meta.dirname, '..', '..', '..');
const started: { stop(): Promise<void> }[] = [];
const asked = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => asked.abort());

try {
  await run();
} catch (error) {
  if (!asked.signal.aborted) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
} finally {
  for (const each of started.reverse()) await each.stop();
}

async function run(): Promise<void> {
  const { port, keepFolder, database } = parseStartOptions(process.argv.slice(2), workspaceRoot);
  await requireFreePort(port);
  const settings = loadSettings(join(workspaceRoot, 'settings.yml'));
  console.log('Building the local cloud and the stacks ...');
  await buildStacks(workspaceRoot);
  asked.signal.throwIfAborted();
  const cloud = await startLocalCloud({
    workspaceRoot,
    port,
    keepFolder: keepFolder === undefined ? undefined : resolve(workspaceRoot, keepFolder),
    onLog: (line) => console.error(line),
  });
  started.push(cloud);
  if (database) {
    console.log('Starting a MariaDB server and filling the sample database ...');
    const server = await startMariadb();
    started.push(server);
    const { dbName, dbEnv } = await fileSampleDatabase(server, cloud, settings);
    console.log(
      `The sample database ${dbName} is filed as ${dbName}/${dbEnv} (MariaDB ${server.version} on ${server.host}:${server.port}).\n`,
    );
  }
  console.log(cloud.announcement);
  const code = await Promise.race([cloud.exited, once(asked.signal)]);
  if (code !== undefined && !asked.signal.aborted) {
    throw new Error(`The local cloud ended by itself with exit code ${code}; its log says why above.`);
  }
}

/** Settles when the signal aborts. */
function once(signal: AbortSignal): Promise<undefined> {
  const { promise, resolve: settle } = Promise.withResolvers<undefined>();
  if (signal.aborted) settle(undefined);
  signal.addEventListener('abort', () => settle(undefined), { once: true });
  return promise;
}
