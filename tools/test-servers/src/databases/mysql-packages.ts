import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cachedFolder, cachedFolderPath } from '../workspace/cache-folder.ts';
import { privateAptOptions } from './private-apt.ts';
import { runProgram } from '../programs/run-program.ts';

/** Name of the cached folder; the number changes when what is put in it does. */
const CACHE_NAME = 'mysql-sid-1';
const PACKAGES = ['mysql-server-core', 'mysql-client-core'];
const CLIENTS = ['mysql', 'mysqldump'];

/** Debian's name of the architecture's library folder and loader. */
const MULTIARCH: Partial<Record<NodeJS.Architecture, { folder: string; loader: string }>> = {
  x64: { folder: 'x86_64-linux-gnu', loader: 'ld-linux-x86-64.so.2' },
  arm64: { folder: 'aarch64-linux-gnu', loader: 'ld-linux-aarch64.so.1' },
};

/** Folder with `mysql` and `mysqldump` of MySQL 9, to put first in a PATH, once {@link installMysql} has run. */
export function mysqlClientFolder(): string {
  return join(cachedFolderPath(CACHE_NAME), 'bin');
}

/** Root of the file tree that MySQL's packages were unpacked into. */
export function mysqlRoot(): string {
  return join(cachedFolderPath(CACHE_NAME), 'root');
}

/**
 * The words that start a program of {@link mysqlRoot} with its own libraries, which are newer than this machine's.
 * Nothing runs under chroot, so files, descriptors and users are the machine's own.
 */
export function mysqlCommand(path: string): [string, ...string[]] {
  const multiarch = MULTIARCH[process.arch];
  if (multiarch === undefined) throw new Error(`MySQL from Debian's packages is not set up for ${process.arch}.`);
  const libraries = join(mysqlRoot(), 'usr/lib', multiarch.folder);
  return [join(libraries, multiarch.loader), '--library-path', libraries, join(mysqlRoot(), path)];
}

/** Whether MySQL 9 is here already, or this is a Debian whose mirror can be reached to get it. */
export function mysqlAvailable(): boolean {
  if (existsSync(mysqlRoot())) return true;
  if (MULTIARCH[process.arch] === undefined) return false;
  const folder = mkdtempSync(join(tmpdir(), 'serverless-ops-apt-'));
  try {
    const options = privateAptOptions(folder);
    if (options === undefined) return false;
    execFileSync('apt-get', [...options, '-o', 'APT::Update::Error-Mode=any', 'update'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Downloads and unpacks MySQL 9 unless that was done before: about 10 s and 65 MB the first time. */
export async function installMysql(): Promise<void> {
  await cachedFolder(CACHE_NAME, async (folder) => {
    const apt = join(folder, 'apt');
    const options = privateAptOptions(apt);
    if (options === undefined) throw new Error('MySQL comes from the packages of Debian, and this is not Debian.');
    await runProgram('apt-get', [...options, 'update']);
    const download = ['install', '--yes', '--no-install-recommends', '--download-only'];
    await runProgram('apt-get', [...options, ...download, ...PACKAGES]);
    for (const name of await readdir(join(apt, 'archives'))) {
      if (name.endsWith('.deb'))
        await runProgram('dpkg-deb', ['-x', join(apt, 'archives', name), join(folder, 'root')]);
    }
    await rm(apt, { recursive: true });
    await writeClients(join(folder, 'bin'));
  });
}

async function writeClients(folder: string): Promise<void> {
  await mkdir(folder);
  for (const name of CLIENTS) {
    const [loader, ...args] = mysqlCommand(`usr/bin/${name}`);
    const words = [loader, '--argv0', name, ...args].map((word) => `'${word}'`).join(' ');
    await writeFile(join(folder, name), `#!/bin/sh\nexec ${words} "$@"\n`, { mode: 0o755 });
  }
}
