import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { debianTar } from './debian.ts';
import type { ContainerHost } from './container-host.ts';
import { run } from './run.ts';

const NAME = 'localhost/debian-with-node';

/** How this machine's apt reaches its mirror; the base's has to go the same way. */
const WAY_TO_THE_MIRROR = /^Acquire::(http|https|Check-)/;

/** Programs of the official Node image that come with npm. */
const NPM_AND_ITS_KIN = ['npm', 'npx', 'corepack'];

/** Makes an image to use instead of the official image of Node where no registry can be reached; gives its name. */
export async function makeBaseImage(host: ContainerHost, mirror: string): Promise<string> {
  const container = await host.buildah('from', 'scratch');
  await host.buildah('add', '--quiet', container, await debianTar(mirror), '/');
  await host.buildah('copy', '--quiet', container, process.execPath, '/usr/local/bin/node');
  await host.buildah('copy', '--quiet', container, await filesOfTheBase(host.folder), '/');
  await host.buildah('commit', '--quiet', '--rm', container, NAME);
  return NAME;
}

async function filesOfTheBase(folder: string): Promise<string> {
  const root = join(folder, 'base');
  const [bin, modules, apt] = ['usr/local/bin', 'usr/local/lib/node_modules', 'etc/apt/apt.conf.d'].map((path) =>
    join(root, path),
  ) as [string, string, string];
  for (const path of [bin, modules, apt]) await mkdir(path, { recursive: true });
  const settings = (await run('apt-config', ['dump', '--no-empty'])).split('\n');
  await writeFile(join(apt, '90mirror'), settings.filter((line) => WAY_TO_THE_MIRROR.test(line)).join('\n') + '\n');
  // Not the real ones: enough to see that the Dockerfile removes them.
  for (const name of NPM_AND_ITS_KIN) {
    await writeFile(join(modules, `${name}.js`), '');
    await symlink(`../lib/node_modules/${name}.js`, join(bin, name));
  }
  return root;
}
