import { EXIT_CODES } from '../exit-codes.ts';
import { StoppedError } from '../errors.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Jobs, JobStatus } from './jobs.ts';
import { describeOutcome } from './outcome.ts';
import { progressLine } from './progress-line.ts';

const POLL_MS = 2000;

export interface WatchOptions {
  readonly id: string;
  readonly json: boolean;
}

export type Watching = Pick<Surroundings, 'say' | 'complain' | 'line' | 'openPrompts' | 'onInterrupt' | 'sleep'>;

/**
 * Follows a job until it has ended, says how, and gives the exit code. After Ctrl-C at a terminal it asks whether to stop
 * the job or only to stop watching; without one it stops watching.
 */
export async function watchJob({ id, json }: WatchOptions, jobs: Jobs, watching: Watching): Promise<number> {
  const { complain, line } = watching;
  const interrupts = new Interrupts(watching);
  let phase: string | undefined;
  try {
    for (;;) {
      const status = await jobs.status(id);
      if (status.state !== 'RUNNING') {
        line?.clear();
        return sayOutcome(status, json, watching);
      }
      if (line) line.show(progressLine(status, line.columns));
      else if (status.progress && status.progress.phase !== phase) {
        phase = status.progress.phase;
        complain(`${progressLine(status, Infinity)}\n`);
      }
      if (!(await interrupts.within(POLL_MS))) continue;
      line?.clear();
      const answer = await whatToStop(id, watching);
      if (answer === 'watching') {
        complain(`The job goes on. To watch it again: npx ops watch ${id}\n`);
        return EXIT_CODES.stopped;
      }
      if (answer === 'job') {
        await jobs.stop(status);
        complain(`The job ${id} was asked to stop.\n`);
      }
    }
  } finally {
    interrupts.end();
  }
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

/** Ctrl-C while nobody is asked anything. */
class Interrupts {
  readonly #sleep: Watching['sleep'];
  readonly #off: () => void;
  #count = 0;
  #wake: () => void = () => undefined;

  constructor({ sleep, onInterrupt }: Pick<Watching, 'sleep' | 'onInterrupt'>) {
    this.#sleep = sleep;
    this.#off = onInterrupt(() => {
      this.#count++;
      this.#wake();
    });
  }

  /** Waits so long, or less if there was one meanwhile or before; whether there was. */
  async within(ms: number): Promise<boolean> {
    if (this.#count === 0) {
      await Promise.race([this.#sleep(ms), new Promise<void>((resolve) => (this.#wake = resolve))]);
    }
    const had = this.#count > 0;
    this.#count = 0;
    return had;
  }

  end(): void {
    this.#off();
  }
}
