import { setTimeout as delay } from 'node:timers/promises';
import { JobError, type JobResult, type WorkerJobName } from '@serverless-ops/job-schemas';
import type { JobLogger } from '@serverless-ops/job-logging';
import type { ProgressWriter } from '@serverless-ops/job-progress';
import { startHeartbeat, TaskTokenExpiredError, type TaskReporter } from '@serverless-ops/task-token';
import { Activity } from './activity.ts';
import { readJob, type ReadOrder, type WorkerEnvironment } from './config.ts';
import type { JobContext } from './job-context.ts';
import type { Outside } from './outside.ts';
import { performJob } from './perform-job.ts';

/** What the container ends with. */
export const EXIT = { done: 0, failed: 1, badInput: 2, notReported: 3 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A worker's beat; the state machine gives a job up after 300 s without one. */
const HEARTBEAT_INTERVAL_MS = 30_000;

/** A line longer than this is cut in the log: a failing client may echo a whole statement of row data. */
const MAX_LINE_CHARACTERS = 2_000;

/**
 * ECS gives 30 s between SIGTERM and SIGKILL unless a task definition says more (ContainerDefinition.stopTimeout). In
 * them a job removes what it has stored, its last progress is written (5 s at most), and the end is reported.
 */
const CLEAN_UP_MS = 12_000;
const LAST_REPORT_MS = 8_000;

const BAD_INPUT: readonly string[] = ['InvalidRequest', 'ParameterMissing', 'ParameterInvalid'];

export interface Worker {
  env: Readonly<Record<string, string | undefined>>;
  environment: WorkerEnvironment;
  jobLogger: JobLogger;
  reporter: TaskReporter;
  progress: ProgressWriter;
  outside: Omit<Outside, 'hideSecret' | 'assertStillWanted'>;
  readOrder: ReadOrder;
  scriptsFolder: string;
  scriptsPath: string;
  scriptUser: JobContext['scriptUser'];
  /** Aborted, with the error to end with, when the container receives SIGTERM. */
  terminated: AbortSignal;
  now: () => Date;
}

/** Performs the job of the environment, reports it exactly once, and says what the container should end with. */
export async function runWorker(worker: Worker): Promise<ExitCode> {
  const { reporter, progress } = worker;
  const log = worker.jobLogger.logger;
  const activity = new Activity(() => worker.now().getTime());
  const expired = new AbortController();
  const heartbeat = startHeartbeat({
    reporter,
    intervalMs: HEARTBEAT_INTERVAL_MS,
    isAlive: () => activity.isRecent(),
    onExpired: (error) => expired.abort(error),
    onError: (error) => log.warn({ err: error }, 'a heartbeat could not be sent; the next one will be'),
  });
  const context: JobContext = {
    log,
    signal: AbortSignal.any([worker.terminated, expired.signal]),
    moved: () => activity.moved(),
    reportProgress: (report) => progress.report(report),
    now: worker.now,
    scriptsFolder: worker.scriptsFolder,
    scriptsPath: worker.scriptsPath,
    scriptUser: worker.scriptUser,
    printable: (line) => worker.jobLogger.redactAndCut(line, MAX_LINE_CHARACTERS),
  };
  const outside: Outside = {
    ...worker.outside,
    hideSecret: (text) => worker.jobLogger.hideSecret(text),
    assertStillWanted: () => reporter.heartbeat(),
  };
  try {
    progress.report({ phase: 'starting' });
    const result = await endInTime(performOrder(worker, outside, context), context.signal);
    await progress.flush();
    return await reportSuccess(worker, result);
  } catch (thrown) {
    await progress.flush();
    return await reportFailure(worker, context.signal.aborted ? context.signal.reason : thrown);
  } finally {
    heartbeat.stop();
  }
}

async function performOrder(worker: Worker, outside: Outside, context: JobContext): Promise<JobResult<WorkerJobName>> {
  const job = await readJob(worker.env, worker.readOrder);
  context.signal.throwIfAborted();
  return performJob(job, worker.environment, outside, context);
}

/** A job that was told to stop and does not clean up in time is left where it is: the container ends with it. */
async function endInTime<Result>(job: Promise<Result>, signal: AbortSignal): Promise<Result> {
  const ended = new AbortController();
  const outOfTime = new Promise<never>((_, reject) => {
    const giveUp = (): void => {
      delay(CLEAN_UP_MS, undefined, { signal: ended.signal }).then(
        () => reject(signal.reason as Error),
        () => undefined,
      );
    };
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true, signal: ended.signal });
  });
  try {
    return await Promise.race([job, outOfTime]);
  } finally {
    ended.abort();
    job.catch(() => undefined);
  }
}

async function reportSuccess({ reporter, jobLogger }: Worker, result: JobResult<WorkerJobName>): Promise<ExitCode> {
  try {
    await reporter.success(result);
  } catch (error) {
    jobLogger.logger.error({ err: error, result }, 'the job is complete, but its result could not be reported');
    return EXIT.notReported;
  }
  jobLogger.logger.info({ result }, 'job complete');
  return EXIT.done;
}

async function reportFailure(worker: Worker, thrown: unknown): Promise<ExitCode> {
  const { jobLogger, reporter, terminated } = worker;
  if (thrown instanceof TaskTokenExpiredError) {
    jobLogger.logger.error(
      'Step Functions no longer waits for this job: it was stopped, and nothing that it stored counts',
    );
    return EXIT.notReported;
  }
  const error = reportable(thrown, jobLogger);
  jobLogger.logFailure(error);
  try {
    const limit = terminated.aborted ? LAST_REPORT_MS : undefined;
    await withinTime(reporter.failure(error), limit);
  } catch (reportError) {
    jobLogger.logger.error({ err: reportError }, 'the failure could not be reported');
    return EXIT.notReported;
  }
  return BAD_INPUT.includes(error.code) ? EXIT.badInput : EXIT.failed;
}

/** Our own messages stay as they are; the message of an unexpected error may hold anything. */
function reportable(thrown: unknown, { redact, redactOwn }: JobLogger): JobError {
  const { code, message, cause } = JobError.from(thrown);
  return new JobError(code, code === 'InternalError' ? redact(message) : redactOwn(message), { cause });
}

async function withinTime(report: Promise<void>, limitMs: number | undefined): Promise<void> {
  if (limitMs === undefined) return report;
  const done = new AbortController();
  const tooLate = delay(limitMs, undefined, { signal: done.signal }).then(() => {
    throw new Error(`Step Functions did not answer within ${limitMs} ms, and the container has to end.`);
  });
  try {
    await Promise.race([report, tooLate]);
  } finally {
    done.abort();
    tooLate.catch(() => undefined);
    report.catch(() => undefined);
  }
}
