import type { Programs } from './programs.ts';

/** The commit that the working tree is at; `undefined` with changes that are not committed, or outside of git. */
export async function currentCommit(programs: Programs): Promise<string | undefined> {
  const changes = await programs.tryRead(['git', 'status', '--porcelain']);
  return changes === '' ? (await programs.tryRead(['git', 'rev-parse', 'HEAD']))?.trim() : undefined;
}

/**
 * Whether git can tell everything that changed since a commit. Not when this clone does not have it; nor when it is
 * not behind us, as in a return to an older commit: Nx compares with the common ancestor, and would find no change.
 */
export async function isBehindUs(commit: string, programs: Programs): Promise<boolean> {
  return (await programs.tryRead(['git', 'merge-base', '--is-ancestor', commit, 'HEAD'])) !== undefined;
}
