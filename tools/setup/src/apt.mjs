import { spawnSync } from 'node:child_process';

/**
 * Nothing is removed: on a machine with a MySQL server of its own, MariaDB's packages would otherwise replace it.
 * Another apt that is at work, as on a machine that has just started, is waited for.
 */
const INSTALL = ['install', '--yes', '--no-remove', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300'];

const isRoot = () => process.getuid?.() === 0;

/**
 * Whether this is Debian or one of its kin, and packages can be installed without asking anybody for a password.
 *
 * @param {(program: string) => boolean} isThere
 */
export function canInstallWithApt(isThere) {
  return isThere('apt-get') && (isRoot() || (isThere('sudo') && spawnSync('sudo', ['-n', 'true']).status === 0));
}

/**
 * Installs packages; the lists of what there is are fetched only when the ones at hand don't do. What could not be
 * installed is for the caller to find out.
 *
 * @param {readonly string[]} packages
 */
export function installWithApt(packages) {
  console.error(`with-everything: installing ${packages.join(' ')} with apt-get`);
  const known = knownNames(packages);
  if (known.length === packages.length && aptGet([...INSTALL, ...known]).ok) return;
  const attempts = [aptGet(['update']), aptGet([...INSTALL, ...knownNames(packages)])];
  for (const { ok, said } of attempts) if (!ok) console.error(said);
}

/** @param {readonly string[]} packages */
function knownNames(packages) {
  return packages.flatMap((name) => {
    const { stdout } = spawnSync('apt-cache', ['pkgnames', name], { encoding: 'utf8' });
    return nameToInstall(name, (stdout ?? '').split('\n')) ?? [];
  });
}

/**
 * The package itself where it is known, else its newest version: older releases know some packages only with the
 * version in the name, as `mariadb-server-core-10.6`.
 *
 * @param {string} name
 * @param {readonly string[]} known
 */
export function nameToInstall(name, known) {
  if (known.includes(name)) return name;
  const versioned = known.filter((candidate) => /^-\d[\d.]*$/.test(candidate.slice(name.length)));
  return versioned.sort(new Intl.Collator('en', { numeric: true }).compare).at(-1);
}

/** @param {readonly string[]} args */
function aptGet(args) {
  const command = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
  const [program = '', ...rest] = isRoot() ? command : ['sudo', '-n', ...command];
  const { status, stdout, stderr } = spawnSync(program, rest, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
  });
  return { ok: status === 0, said: stdout + stderr };
}
