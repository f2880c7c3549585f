import { z } from 'zod';
import { UnexpectedContentError } from './errors.ts';
import type { Programs } from './programs.ts';

const namesSchema = z.array(z.string());

/**
 * Names of the projects whose deploy is affected by what changed, on disk too.
 *
 * @param change since a commit, or in these files
 * @throws ProgramFailedError, UnexpectedContentError when Nx fails: "nothing is affected" must not come of that.
 */
export async function affectedDeployables(
  change: { sinceCommit: string } | { files: readonly string[] },
  programs: Programs,
): Promise<string[]> {
  const what = 'files' in change ? `--files=${change.files.join(',')}` : `--base=${change.sinceCommit}`;
  const said = await programs.read(['nx', 'show', 'projects', '--affected', what, '--withTarget=deploy', '--json']);
  try {
    return namesSchema.parse(JSON.parse(said));
  } catch (cause) {
    throw new UnexpectedContentError(`Nx answered with no list of projects but with "${said}".`, { cause });
  }
}
