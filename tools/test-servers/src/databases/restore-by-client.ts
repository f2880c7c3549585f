import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { DatabaseServer } from './database-server.ts';
import { mysqlClientFolder } from './mysql-packages.ts';

/** Whose command-line client restores. */
export type ClientMaker = 'mysql' | 'mariadb';

/** The options that a dump is restored with by hand, with the client of any vendor. */
const OPTIONS = ['--binary-mode', '--comments', '--default-character-set=utf8mb4'];

/** Feeds the SQL to a real client, as `zstd -dc *.sql.zst | mysql ... target` does. Rejects with what the client said. */
export async function restoreByClient(
  server: DatabaseServer,
  target: string,
  sql: Uint8Array,
  client: ClientMaker = server.flavor,
): Promise<void> {
  const program = client === 'mysql' ? join(mysqlClientFolder(), 'mysql') : 'mariadb';
  const login = `[client]\nhost=${server.host}\nport=${server.port}\nuser=root\npassword="${server.rootPassword}"\n`;
  const shell = spawn('bash', ['-c', 'exec "$0" --defaults-file=<(cat <&3) "$@"', program, ...OPTIONS, target], {
    stdio: ['pipe', 'ignore', 'pipe', 'pipe'],
  });
  (shell.stdio[3] as NodeJS.WritableStream).end(login);
  let said = '';
  shell.stderr?.on('data', (data: Buffer) => (said += data.toString()));
  // A client that gives up closes its end; what it says then counts.
  shell.stdin?.on('error', () => undefined).end(sql);
  const [code] = (await once(shell, 'close')) as [number | null];
  // In binary mode a client goes on behind a command that it does not know.
  if (code !== 0 || /^ERROR/m.test(said)) throw new Error(`${program} ended with exit code ${String(code)}: ${said}`);
}
