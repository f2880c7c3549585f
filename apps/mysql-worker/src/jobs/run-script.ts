import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { JobError, type RunScriptOptions, type RunScriptResult } from '@serverless-ops/job-schemas';
import { optionFile, type DatabaseConnection } from '@serverless-ops/mysql-connect';
import { LastLines } from '../script/last-lines.ts';
import { describeExit, forEachLine, ScriptProcess } from '../script/script-process.ts';
import type { JobContext } from '../job-context.ts';

/** How many lines of output the result carries; the log has all of them. */
const LAST_LINES = 20;

export interface RunScript {
  options: RunScriptOptions;
  /** Handed to the script as an option file on descriptor 3; undefined: the script works on no database. */
  connection: DatabaseConnection | undefined;
}

/**
 * Runs a script of the image and logs both its streams line by line as they come.
 * @throws JobError InvalidRequest for a script that is not there, ScriptFailed for one that did not end with 0.
 */
export async function runScript(job: RunScript, context: JobContext): Promise<RunScriptResult> {
  const startedMs = context.now().getTime();
  const file = await findScript(context.scriptsFolder, job.options.script);
  const lastLines = new LastLines(LAST_LINES);
  const lastErrorLines = new LastLines(LAST_LINES);
  const script = new ScriptProcess({
    file,
    args: job.options.args,
    path: context.scriptsPath,
    environment: job.connection ? { DB_NAME: job.connection.database } : {},
    optionFile: job.connection && optionFile(job.connection),
    onErrorLine: (line) => {
      context.moved();
      lastErrorLines.push(line);
      context.log.warn({ stream: 'stderr' }, line);
    },
  });
  const stop = (): void => script.kill();
  context.signal.addEventListener('abort', stop, { once: true });
  // A script may think for hours without a word; that it is there is its sign of life.
  const alive = setInterval(context.moved, 10_000);
  try {
    context.signal.throwIfAborted();
    context.reportProgress({ phase: 'running' });
    forEachLine(script.stdout, (line) => {
      lastLines.push(line);
      context.log.info({ stream: 'stdout' }, line);
    });
    const exit = await script.exit;
    context.signal.throwIfAborted();
    if (exit.code !== 0) throw scriptFailed(job.options.script, describeExit(exit), lastErrorLines.lines);
    return {
      status: 'job complete',
      exit_code: 0,
      last_lines: [...lastLines.lines],
      duration_ms: context.now().getTime() - startedMs,
    };
  } finally {
    clearInterval(alive);
    context.signal.removeEventListener('abort', stop);
    script.kill();
  }
}

async function findScript(folder: string, name: string): Promise<string> {
  const file = join(folder, name);
  try {
    await access(file);
    return file;
  } catch (cause) {
    const there = (await readdir(folder)).sort().join(', ');
    throw new JobError('InvalidRequest', `There is no script '${name}' in the worker's image. It has: ${there}.`, {
      cause,
    });
  }
}

function scriptFailed(name: string, ending: string, errorLines: readonly string[]): JobError {
  const said =
    errorLines.length > 0 ? `Its last words on standard error: ${errorLines.join(' / ')}` : 'It said nothing.';
  return new JobError('ScriptFailed', `The script ${name} ended with ${ending}. ${said}`);
}
