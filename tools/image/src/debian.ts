import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedFolder } from '@serverless-ops/test-servers';
import { run } from './run.ts';

/** The release that the Dockerfile's own base is made of. */
const RELEASE = 'bookworm';

/** What the slim images of Debian leave out too. */
const NOT_IN_SLIM_IMAGES = [
  './usr/share/doc/*/*.gz',
  './usr/share/info/*',
  './usr/share/lintian/*',
  './usr/share/locale/*',
  './usr/share/man/*',
  './var/cache/apt/*',
  './var/lib/apt/lists/*',
  './var/log/*',
];
const MADE_BY_THE_KERNEL = ['./dev/*', './proc/*', './sys/*'];

/** Tar file of the smallest Debian, without Node, made once with debootstrap: half a minute the first time. */
export async function debianTar(mirror: string): Promise<string> {
  const folder = await cachedFolder(`debian-${RELEASE}-1`, async (filling) => {
    const root = join(filling, 'root');
    await mkdir(root, { recursive: true });
    await run('debootstrap', ['--variant=minbase', ...trust(mirror), RELEASE, root, mirror]);
    const exclude = [...NOT_IN_SLIM_IMAGES, ...MADE_BY_THE_KERNEL].map((pattern) => `--exclude=${pattern}`);
    await run('tar', ['--create', `--directory=${root}`, ...exclude, `--file=${join(filling, 'root.tar')}`, '.']);
    await rm(root, { recursive: true });
  });
  return join(folder, 'root.tar');
}

const trust = (mirror: string): string[] => (mirror.startsWith('https:') ? ['--include=ca-certificates'] : []);
