import { execFileSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cachedFolderPath } from '../workspace/cache-folder.ts';

/** Where Debian's packages have plugins of the server. */
const PLUGINS = 'usr/lib/mysql/plugin';

/**
 * Folder with the plugins that the MariaDB server of this machine fits, such as those that judge passwords. Debian's
 * package of the bare server comes without; they are unpacked from the full one, which is not installed, because that
 * would start a database server on this machine. Undefined where they are not to be had.
 */
export function mariadbPluginFolder(): string | undefined {
  if (existsSync(join('/', PLUGINS, 'simple_password_check.so'))) return join('/', PLUGINS);
  try {
    const version = execFileSync('dpkg-query', ['-W', '-f', '${Version}', 'mariadb-server-core'], { encoding: 'utf8' });
    return join(unpacked(version), PLUGINS);
  } catch {
    return undefined;
  }
}

function unpacked(version: string): string {
  const target = cachedFolderPath(`mariadb-server-${version}`);
  if (existsSync(target)) return target;
  mkdirSync(dirname(target), { recursive: true });
  const folder = mkdtempSync(`${target}.filling-`);
  try {
    // apt's own download user cannot write here.
    const download = ['-o', 'APT::Sandbox::User=', 'download', `mariadb-server=${version}`];
    execFileSync('apt-get', download, { cwd: folder, stdio: 'ignore' });
    const [archive = ''] = globSync('*.deb', { cwd: folder });
    execFileSync('dpkg-deb', ['-x', join(folder, archive), join(folder, 'content')]);
    renameSync(join(folder, 'content'), target);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return target;
}
