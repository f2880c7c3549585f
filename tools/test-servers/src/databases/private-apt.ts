import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from '../programs/find-program.ts';

/** Debian's stable releases have no MySQL of its own; its rolling one does. */
const SUITE = 'sid';
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** The mirror of Debian that this machine's apt is set up with; undefined where there is none. */
export function debianMirror(): string | undefined {
  if (!existsSync(KEYRING) || findProgram('apt-get') === undefined || findProgram('dpkg-deb') === undefined) return;
  const format = ['indextargets', '--format', '$(REPO_URI)', 'Created-By: Packages'];
  const uris = execFileSync('apt-get', format, { encoding: 'utf8' }).split('\n');
  // Debian's security fixes and other vendors' packages are mirrored too, but have no sid.
  return uris.find((uri) => /\/debian\/?$/.test(uri));
}

/**
 * Options for an apt-get that reads sid and knows of no installed package, all in `folder`: it downloads a program
 * with every library below it, as any user, and leaves the machine's own apt alone. Undefined when this is not Debian.
 */
export function privateAptOptions(folder: string): string[] | undefined {
  const mirror = debianMirror();
  if (mirror === undefined) return undefined;
  mkdirSync(join(folder, 'lists/partial'), { recursive: true });
  mkdirSync(join(folder, 'archives/partial'), { recursive: true });
  writeFileSync(join(folder, 'sources.list'), `deb [signed-by=${KEYRING}] ${mirror} ${SUITE} main\n`);
  writeFileSync(join(folder, 'status'), '');
  return [
    `Dir::State=${folder}`,
    `Dir::State::status=${folder}/status`,
    `Dir::Cache=${folder}`,
    `Dir::Etc::sourcelist=${folder}/sources.list`,
    `Dir::Etc::sourceparts=${folder}/none`,
    `Dir::Etc::preferencesparts=${folder}/none`,
    'Acquire::Languages=none',
    'Acquire::http::Timeout=10',
    // apt's own download user cannot write here.
    'APT::Sandbox::User=',
  ].flatMap((option) => ['-o', option]);
}
