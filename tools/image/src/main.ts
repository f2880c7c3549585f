/** Builds the worker's image: `main.ts FOLDER NAME [option of the engine...]`, on the base that the settings choose. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { loadSettings } from '@serverless-ops/settings';
import { buildCommand } from './build-command.ts';
import { findBuildEngine } from './build-engine.ts';

const [folder, name, ...options] = process.argv.slice(2);
if (folder === undefined || name === undefined) throw new Error('Usage: main.ts FOLDER NAME [option of the engine...]');

try {
  const engine = findBuildEngine(whyNot);
  const revision = revisionOfSource();
  const { baseImage, imageRevision } = loadSettings(join(import.meta.dirname, '../../../settings.yml')).mysqlWorker;
  const [program, ...args] = buildCommand({ engine, folder, name, revision, baseImage, imageRevision, options });
  process.exitCode = spawnSync(program, args, { stdio: 'inherit' }).status ?? 1;
  if (process.exitCode === 0) console.log(`Built ${name}:${revision} with ${engine.name}.`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

function whyNot([program, ...args]: readonly [string, ...string[]]): string | undefined {
  const { error, status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (error !== undefined) return 'not installed';
  if (status === 0) return undefined;
  const [lastLine = `exit code ${String(status)}`] = stderr.trim().split('\n').slice(-1);
  return lastLine.replace(/\.$/, '');
}

/** The commit, marked when files differ from it; `unversioned` outside of Git. */
function revisionOfSource(): string {
  const { status, stdout } = spawnSync('git', ['describe', '--always', '--dirty', '--abbrev=12', '--exclude=*'], {
    encoding: 'utf8',
  });
  return status === 0 ? stdout.trim() : 'unversioned';
}
