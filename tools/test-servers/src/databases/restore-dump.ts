import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { DatabaseServer } from './database-server.ts';

/** Restores a dump as the README says, without code of this repository. */
const RESTORE =
  'set -o pipefail; zstd -dc "$1"/*.sql.zst | mysql --defaults-file=<(cat <&3) --binary-mode --comments --default-character-set=utf8mb4 --max-allowed-packet=1G "$2"';

/** Restores a folder of compressed dumps, the objects of a backup, into a new database of the server. */
export async function restoreDump(folder: string, server: DatabaseServer, target: string): Promise<void> {
  await server.query(`CREATE DATABASE \`${target}\``);
  const options = `[client]\nhost=${server.host}\nport=${server.port}\nuser=root\npassword="${server.rootPassword}"\n`;
  const shell = spawn('bash', ['-c', RESTORE, 'restore', folder, target], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  (shell.stdio[3] as NodeJS.WritableStream).end(options);
  let said = '';
  shell.stderr?.on('data', (data: Buffer) => (said += data.toString()));
  const [code] = (await once(shell, 'close')) as [number | null];
  if (code !== 0) throw new Error(`zstd | mysql ended with exit code ${String(code)}: ${said}`);
}
