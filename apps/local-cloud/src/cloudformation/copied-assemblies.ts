import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface CopiedAssemblies {
  /** Folders of the copies, in the order of the originals. */
  folders: string[];
  /** Removes the copies. */
  remove: () => void;
}

/**
 * Copies `cdk.out` folders into a folder of their own: a synthesis beside a running cloud takes the assets of the
 * original away, while tasks and functions still start from them. A folder that is not there stays as it was given,
 * for the error that names it.
 */
export function copyAssemblies(assemblies: readonly string[]): CopiedAssemblies {
  const root = mkdtempSync(join(tmpdir(), 'local-cloud-'));
  const folders = assemblies.map((assembly, index) => {
    if (!existsSync(assembly)) return assembly;
    const copy = join(root, String(index), 'cdk.out');
    cpSync(assembly, copy, { recursive: true });
    return copy;
  });
  return { folders, remove: () => rmSync(root, { recursive: true, force: true }) };
}
