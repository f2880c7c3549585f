import { JobError, type JobOptions, type JobResult } from '@serverless-ops/job-schemas';
import { optionFile, type DatabaseConnection } from '@serverless-ops/mysql-connect';
import { findScript } from '../script/find-script.ts';
import { LastLines } from '../script/last-lines.ts';
import { forEachLine } from '../script/line-reader.ts';
import { describeExit, ScriptProcess } from '../script/script-process.ts';
import type { JobContext } from '../job-context.ts';
import type { JobMeans } from '../job-means.ts';

/**
 * How much of a script's output the result carries; the log has all of it. The result travels through Step Functions
 * (262,144 bytes for a state) and the status call, which escape it once more: 16 KiB stay far below.
 */
const LINES_IN_RESULT = { lines: 20, jsonBytes: 16 * 1024 };

/** How much of each stream goes into the cause of a failure, which is 32,768 characters at most. */
const LINES_IN_CAUSE = { lines: 20, jsonBytes: 8 * 1024 };

/** Far below the time without movement after which a job counts as stuck. */
const SIGN_OF_LIFE_MS = 10_000;

interface RunScript {
  options: JobOptions<'run_script'>;
  /** Handed to the script as an option file on descriptor 3; undefined: the script works on no database. */
  connection: DatabaseConnection | undefined;
}

/** Runs a script, with the connection to its database if the order names one. */
export async function performRunScript(
  options: JobOptions<'run_script'>,
  { databases }: JobMeans,
  context: JobContext,
): Promise<JobResult<'run_script'>> {
  const { db_name, db_env } = options;
  if (db_name === undefined || db_env === undefined) return runScript({ options, connection: undefined }, context);
  const found = await databases.find({ db_name, db_env });
  return runScript({ options, connection: found === 'dry run' ? undefined : found }, context);
}

/**
 * Runs a script of the image and logs both its streams line by line as they come.
 * @throws JobError InvalidRequest for a script that is not there or cannot be run here, ScriptFailed for one that did
 * not end with 0.
 */
async function runScript(job: RunScript, context: JobContext): Promise<JobResult<'run_script'>> {
  const startedMs = context.now().getTime();
  const file = await findScript(context.scriptsFolder, job.options.script);
  const user = context.scriptUser();
  context.signal.throwIfAborted();
  const output = new LastLines(LINES_IN_RESULT);
  const outputInCause = new LastLines(LINES_IN_CAUSE);
  const errors = new LastLines(LINES_IN_CAUSE);
  const script = new ScriptProcess({
    file,
    args: job.options.args,
    path: context.scriptsPath,
    environment: job.connection ? { DB_NAME: job.connection.database } : {},
    optionFile: job.connection && optionFile(job.connection),
    user,
    onErrorLine: (printed) => {
      const line = context.printable(printed);
      errors.push(line);
      context.log.warn({ stream: 'stderr' }, line);
    },
  });
  const stop = (): void => script.kill();
  context.signal.addEventListener('abort', stop, { once: true });
  // A script may think for hours without a word; that it is there is its sign of life.
  const alive = setInterval(context.moved, SIGN_OF_LIFE_MS);
  try {
    context.reportProgress({ phase: 'running' });
    forEachLine(script.stdout, (printed) => {
      const line = context.printable(printed);
      output.push(line);
      outputInCause.push(line);
      context.log.info({ stream: 'stdout' }, line);
    });
    const exit = await script.exit;
    context.signal.throwIfAborted();
    if (exit.code !== 0) {
      throw scriptFailed(job.options.script, describeExit(exit), errors.lines, outputInCause.lines);
    }
    return {
      status: 'job complete',
      exit_code: 0,
      last_lines: output.lines,
      duration_ms: context.now().getTime() - startedMs,
    };
  } finally {
    clearInterval(alive);
    context.signal.removeEventListener('abort', stop);
    script.kill();
  }
}

function scriptFailed(name: string, ending: string, errors: string[], output: string[]): JobError {
  const said = [
    ...(errors.length > 0 ? [`Last lines of its standard error: ${errors.join(' / ')}`] : []),
    ...(output.length > 0 ? [`Last lines of its standard output: ${output.join(' / ')}`] : []),
  ];
  const printed =
    said.length > 0 ? [...said, 'The log of this job has all that it printed.'].join(' | ') : 'It printed nothing.';
  return new JobError('ScriptFailed', `The script ${name} ended with ${ending}. ${printed}`);
}
