import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPrograms, type Programs } from './programs.ts';
import { currentCommit, isBehindUs } from './source-commit.ts';

let folder: string;
let programs: Programs;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'commit-'));
  programs = createPrograms(folder, { PATH: process.env['PATH'], HOME: folder, GIT_CONFIG_NOSYSTEM: '1' });
});
afterEach(() => rmSync(folder, { recursive: true }));

const git = (...args: string[]): Promise<string> =>
  programs.read(['git', '-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args]);

/** A repository with one commit, which is given. */
async function createRepository(): Promise<string> {
  await git('init', '--quiet');
  return commit('first');
}

async function commit(message: string): Promise<string> {
  await git('commit', '--quiet', '--allow-empty', '--message', message);
  return (await git('rev-parse', 'HEAD')).trim();
}

describe('the commit of the source', () => {
  it('is the one that is checked out', async () => {
    const first = await createRepository();

    await expect(currentCommit(programs)).resolves.toBe(first);
  });

  it('is none with a file that is not committed', async () => {
    await createRepository();
    writeFileSync(join(folder, 'new.ts'), '');

    await expect(currentCommit(programs)).resolves.toBeUndefined();
  });

  it('is none outside of git', async () => {
    await expect(currentCommit(programs)).resolves.toBeUndefined();
  });
});

describe('a commit', () => {
  it('is behind us when it is ours or one before', async () => {
    const first = await createRepository();
    const second = await commit('second');

    await expect(isBehindUs(first, programs)).resolves.toBe(true);
    await expect(isBehindUs(second, programs)).resolves.toBe(true);
  });

  it('is not when we went back to an older one', async () => {
    const first = await createRepository();
    const second = await commit('second');
    await git('checkout', '--quiet', first);

    await expect(isBehindUs(second, programs)).resolves.toBe(false);
  });

  it('is not when this clone does not have it', async () => {
    await createRepository();

    await expect(isBehindUs('0123456789012345678901234567890123456789', programs)).resolves.toBe(false);
  });
});
