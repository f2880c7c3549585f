import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where servers are installed, though an ordinary user's PATH may not say so. */
const SYSTEM_FOLDERS = ['/usr/sbin', '/usr/local/sbin'];

/** Full path of a program; undefined when it is not installed. */
export function findProgram(name: string): string | undefined {
  const { PATH = '' } = process.env;
  return [...PATH.split(delimiter), ...SYSTEM_FOLDERS].map((folder) => join(folder, name)).find(isExecutable);
}

/** As {@link findProgram}, but throws when it is not installed, with what to install. */
export function requireProgram(name: string, debianPackage: string): string {
  const path = findProgram(name);
  if (path === undefined) {
    throw new Error(`${name} is not installed. On Debian and Ubuntu: apt-get install ${debianPackage}`);
  }
  return path;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
