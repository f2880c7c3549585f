import { chmodSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Lets everybody read what is in a folder. The umask of this machine may keep other users from reading. Modes are
 * packed as they are, and Lambda and the container run as other users.
 */
export function makeReadable(folder: string): void {
  for (const { parentPath, name } of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(parentPath, name);
    const { mode } = statSync(path);
    const isProgramOrFolder = (mode & 0o100) !== 0;
    chmodSync(path, mode | (isProgramOrFolder ? 0o055 : 0o044));
  }
}
