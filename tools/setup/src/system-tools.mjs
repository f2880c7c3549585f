import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { canInstallWithApt, installWithApt } from './apt.mjs';

/**
 * @typedef {import('./command-line.mjs').Purpose} Purpose
 * @typedef {object} SystemTool
 * @property {readonly string[]} programs Any one of them will do; an absolute path stands for a file that must be there
 * @property {string} aptPackage
 * @property {string} brewPackage
 * @property {readonly Purpose[]} neededFor
 * @property {boolean} [debianOnly] Without apt, the tests that need it are left out
 */

/** @type {readonly Purpose[]} */
const EVERYTHING = ['demo', 'test'];

/**
 * The server comes as its bare programs: Debian's full package would also start a database server on this machine.
 *
 * @type {readonly SystemTool[]}
 */
const SYSTEM_TOOLS = [
  {
    programs: ['mariadbd', 'mysqld'],
    aptPackage: 'mariadb-server-core',
    brewPackage: 'mariadb',
    neededFor: EVERYTHING,
  },
  { programs: ['mariadb', 'mysql'], aptPackage: 'mariadb-client', brewPackage: 'mariadb', neededFor: EVERYTHING },
  {
    programs: ['mariadb-dump', 'mysqldump'],
    aptPackage: 'mariadb-client',
    brewPackage: 'mariadb',
    neededFor: EVERYTHING,
  },
  { programs: ['zstd'], aptPackage: 'zstd', brewPackage: 'zstd', neededFor: EVERYTHING },
  { programs: ['openssl'], aptPackage: 'openssl', brewPackage: 'openssl', neededFor: ['test'] },
  { programs: ['curl'], aptPackage: 'curl', brewPackage: 'curl', neededFor: ['test'] },
  { programs: ['aws'], aptPackage: 'awscli', brewPackage: 'awscli', neededFor: ['test'] },
  { programs: ['shellcheck'], aptPackage: 'shellcheck', brewPackage: 'shellcheck', neededFor: ['test'] },
  // Engines of AWS, or kin of theirs, that tests hold ours against: docs/aws-engines.md.
  { programs: ['javac'], aptPackage: 'default-jdk-headless', brewPackage: 'openjdk', neededFor: ['test'] },
  { programs: ['rhino'], aptPackage: 'rhino', brewPackage: 'rhino', neededFor: ['test'] },
  {
    programs: ['jsonschema', 'check-jsonschema'],
    aptPackage: 'python3-jsonschema',
    brewPackage: 'check-jsonschema',
    neededFor: ['test'],
  },
  {
    programs: ['/usr/share/java/velocity.jar'],
    aptPackage: 'velocity',
    brewPackage: 'none',
    neededFor: ['test'],
    debianOnly: true,
  },
];

/** Where servers are installed, though the PATH of an ordinary user does not name them. */
export const SERVER_FOLDERS = ['/usr/sbin', '/usr/local/sbin'];

/**
 * Installs what a command of this purpose needs and this machine lacks, where that can be done without asking.
 *
 * @param {Purpose} purpose
 */
export function ensureSystemTools(purpose) {
  const missing = missingTools(purpose, isOnThisMachine);
  if (missing.length === 0) return;
  if (!canInstallWithApt(isOnThisMachine)) {
    const everywhere = missing.filter(({ debianOnly = false }) => !debianOnly);
    if (everywhere.length === 0) return;
    throw new Error(whatToInstall(everywhere));
  }
  installWithApt(packagesOf(missing, 'aptPackage'));
  const stillMissing = missingTools(purpose, isOnThisMachine);
  if (stillMissing.length > 0) throw new Error(whatToInstall(stillMissing));
}

/**
 * @param {Purpose} purpose
 * @param {(program: string) => boolean} isThere
 */
export function missingTools(purpose, isThere) {
  return SYSTEM_TOOLS.filter((tool) => tool.neededFor.includes(purpose) && !tool.programs.some(isThere));
}

/**
 * One sentence for somebody who has to install them by hand.
 *
 * @param {readonly SystemTool[]} missing
 */
export function whatToInstall(missing) {
  const programs = missing.map((tool) => tool.programs.join(' or ')).join(', ');
  return (
    `not installed here: ${programs}; install them and run this again (Debian and Ubuntu: apt-get install ` +
    `${packagesOf(missing, 'aptPackage').join(' ')}; macOS: brew install ${packagesOf(missing, 'brewPackage').join(' ')})`
  );
}

/**
 * @param {readonly SystemTool[]} tools
 * @param {'aptPackage' | 'brewPackage'} kind
 */
function packagesOf(tools, kind) {
  return [...new Set(tools.map((tool) => tool[kind]))];
}

/** @param {string} program */
function isOnThisMachine(program) {
  if (isAbsolute(program)) return existsSync(program);
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...SERVER_FOLDERS];
  return folders.some((folder) => isExecutable(join(folder, program)));
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
