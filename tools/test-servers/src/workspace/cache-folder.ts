import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * Where things that are slow to make are kept between runs. Root's lie outside its home, because the server, which
 * runs as another user, has to read them.
 */
function cacheRoot(): string {
  const { XDG_CACHE_HOME } = process.env;
  const isRoot = process.getuid?.() === 0;
  return join(XDG_CACHE_HOME ?? (isRoot ? '/var/cache' : join(homedir(), '.cache')), 'serverless-ops');
}

/** The path of a cached folder, whether or not it exists yet. */
export function cachedFolderPath(name: string): string {
  return join(cacheRoot(), name);
}

/**
 * A folder that `fill` made once for every later run. Several processes may ask at the same time: each fills a folder
 * of its own, the first to finish is kept.
 */
export async function cachedFolder(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const target = cachedFolderPath(name);
  if (existsSync(target)) return target;
  await mkdir(dirname(target), { recursive: true });
  const filling = await mkdtemp(`${target}.filling-`);
  try {
    await fill(join(filling, 'content'));
    await rename(join(filling, 'content'), target);
  } catch (error) {
    if (!existsSync(target)) throw error;
  } finally {
    await rm(filling, { recursive: true, force: true });
  }
  return target;
}
