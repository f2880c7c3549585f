import { EXIT_CODES } from '../exit-codes.ts';
import { AwsRefusedError, StoppedError } from '../errors.ts';
import type { Surroundings } from '../surroundings.ts';
import { Interrupts } from './interrupts.ts';
import type { Jobs, JobStatus, StoppableJob } from './jobs.ts';
import { describeOutcome } from './outcome.ts';
import { progressLine } from './progress-line.ts';

const POLL_MS = 2_000;

/** How long a status that cannot be read is asked for again: longer than a fault of AWS or of a network that passes. */
const PATIENCE_MS = 60_000;
const ASK_AGAIN_MS = 5_000;

export interface WatchOptions {
  readonly id: string;
  /** @default what its status says */
  readonly job_name?: string;
  readonly json: boolean;
  /** Whether the job is there for sure, because its order was accepted. */
  readonly isOrdered: boolean;
}

export type Watching = Pick<
  Surroundings,
  'say' | 'complain' | 'line' | 'openPrompts' | 'onInterrupt' | 'sleep' | 'now'
>;

/**
 * Follows a job until it has ended, says how, and gives the exit code. After Ctrl-C at a terminal it asks whether to stop
 * the job or only to stop watching; without one it stops watching. A status that cannot be read is asked for again for a
 * minute, if that can help.
 * @throws AwsRefusedError when no status could be read, and nothing else says that there is such a job
 */
export async function watchJob(options: WatchOptions, jobs: Jobs, watching: Watching): Promise<number> {
  const { id, json, isOrdered } = options;
  const { say, complain, line, now } = watching;
  const interrupts = new Interrupts(watching);
  const showProgress = progressShower(watching);
  let last: JobStatus | undefined;
  let failingSinceMs: number | undefined;
  const leave = (words: string, exitCode: number): number => {
    complain(`${words} To watch it again: npx ops watch ${id}\n`);
    if (json) say(`${JSON.stringify(last ?? { id })}\n`);
    return exitCode;
  };
  try {
    for (;;) {
      const answer = await statusOrRefusal(jobs, id);
      if (answer instanceof AwsRefusedError) {
        line?.clear();
        const isPatient = answer.mayPass && now().getTime() - (failingSinceMs ?? now().getTime()) < PATIENCE_MS;
        if (!isPatient && !isOrdered && last === undefined) throw answer;
        if (!isPatient) return leave(`${answer.message}\nHow the job ends is not known.`, EXIT_CODES.endUnknown);
        if (failingSinceMs === undefined) complain(`${answer.message}\nops asks again for a minute.\n`);
        failingSinceMs ??= now().getTime();
      } else {
        failingSinceMs = undefined;
        last = answer;
        if (answer.state !== 'RUNNING') {
          line?.clear();
          return sayOutcome(answer, json, watching);
        }
        showProgress(answer);
      }
      if (!(await interrupts.within(failingSinceMs === undefined ? POLL_MS : ASK_AGAIN_MS))) continue;
      line?.clear();
      const choice = await whatToStop(id, watching);
      if (choice === 'watching') return leave('The job goes on.', EXIT_CODES.stopped);
      if (choice === 'job') complain(await stop(jobs, { ...options, ...last }));
    }
  } finally {
    interrupts.end();
  }
}

async function statusOrRefusal(jobs: Jobs, id: string): Promise<JobStatus | AwsRefusedError> {
  try {
    return await jobs.status(id);
  } catch (error) {
    if (error instanceof AwsRefusedError) return error;
    throw error;
  }
}

/** What was done, as a line. A job that was not stopped goes on, and so does the watching. */
async function stop(jobs: Jobs, job: StoppableJob): Promise<string> {
  try {
    await jobs.stop(job);
    return `The job ${job.id} was asked to stop.\n`;
  } catch (error) {
    if (error instanceof AwsRefusedError) return `${error.message} The job goes on.\n`;
    throw error;
  }
}

/** Without a terminal, a line for each phase. */
function progressShower({ complain, line }: Pick<Watching, 'complain' | 'line'>): (status: JobStatus) => void {
  let phase: string | undefined;
  return (status) => {
    if (line) line.show(progressLine(status, line.columns));
    else if (status.progress && status.progress.phase !== phase) {
      phase = status.progress.phase;
      complain(`${progressLine(status, Infinity)}\n`);
    }
  };
}

function sayOutcome(status: JobStatus, json: boolean, { say, complain }: Pick<Watching, 'say' | 'complain'>): number {
  const hasSucceeded = status.state === 'SUCCEEDED';
  if (json) say(`${JSON.stringify(status)}\n`);
  if (!hasSucceeded) complain(describeOutcome(status));
  else if (!json) say(describeOutcome(status));
  return hasSucceeded ? EXIT_CODES.done : EXIT_CODES.jobFailed;
}

/** Ctrl-C at the question itself means what it says most often: to get out. */
async function whatToStop(id: string, { openPrompts }: Pick<Watching, 'openPrompts'>): Promise<string> {
  if (openPrompts === undefined) return 'watching';
  const prompts = openPrompts();
  try {
    const said = await prompts.ask(`Stop the job ${id}, stop watching, or go on? [job/watching/go on] `);
    const answer = said.trim().toLowerCase();
    return ['job', 'watching'].find((choice) => answer !== '' && choice.startsWith(answer)) ?? 'go on';
  } catch (error) {
    if (error instanceof StoppedError) return 'watching';
    throw error;
  } finally {
    prompts.close();
  }
}
