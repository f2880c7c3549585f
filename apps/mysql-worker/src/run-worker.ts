import { JobError } from '@serverless-ops/job-schemas';
import type { JobLogger } from '@serverless-ops/job-logging';
import type { ProgressWriter } from '@serverless-ops/job-progress';
import { startHeartbeat, TaskTokenExpiredError, type TaskReporter } from '@serverless-ops/task-token';
import { Activity } from './activity.ts';
import { readJob, type WorkerEnvironment } from './config.ts';
import type { JobContext } from './job-context.ts';
import { performJob, type JobResult, type Outside } from './perform-job.ts';

/** What the container ends with. */
export const EXIT = { done: 0, failed: 1, badInput: 2, notReported: 3 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A worker's beat; the state machine gives a job up after 300 s without one. */
const HEARTBEAT_INTERVAL_MS = 30_000;

const BAD_INPUT: readonly string[] = ['InvalidRequest', 'ParameterMissing', 'ParameterInvalid'];

export interface Worker {
  env: Readonly<Record<string, string | undefined>>;
  environment: WorkerEnvironment;
  jobLogger: JobLogger;
  reporter: TaskReporter;
  progress: ProgressWriter;
  outside: Omit<Outside, 'hideSecret' | 'assertStillWanted'>;
  scriptsFolder: string;
  scriptsPath: string;
  /** Aborted, with the error to end with, when the container is told to stop. */
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
  };
  const outside: Outside = {
    ...worker.outside,
    hideSecret: (text) => worker.jobLogger.hideSecret(text),
    assertStillWanted: () => reporter.heartbeat(),
  };
  try {
    progress.report({ phase: 'starting' });
    const result = await performJob(readJob(worker.env), worker.environment, outside, context);
    await progress.flush();
    return await reportSuccess(worker, result);
  } catch (thrown) {
    await progress.flush();
    return await reportFailure(worker, context.signal.aborted ? context.signal.reason : thrown);
  } finally {
    heartbeat.stop();
  }
}

async function reportSuccess({ reporter, jobLogger }: Worker, result: JobResult): Promise<ExitCode> {
  try {
    // A script may have printed what it was handed, and its last lines are part of the result.
    await reporter.success(jobLogger.redact(result));
  } catch (error) {
    jobLogger.logger.error({ err: error, result }, 'the job is complete, but its result could not be reported');
    return EXIT.notReported;
  }
  jobLogger.logger.info({ result }, 'job complete');
  return EXIT.done;
}

async function reportFailure({ reporter, jobLogger }: Worker, thrown: unknown): Promise<ExitCode> {
  const log = jobLogger.logger;
  if (thrown instanceof TaskTokenExpiredError) {
    log.error({ err: thrown }, 'nobody waits for this job any more: it was stopped, and nothing it stored counts');
    return EXIT.notReported;
  }
  const { code, message } = JobError.from(thrown);
  const error = new JobError(code, jobLogger.redact(message), { cause: thrown });
  log.error({ err: thrown, error: code }, message);
  try {
    await reporter.failure(error);
  } catch (reportError) {
    log.error({ err: reportError }, 'the failure could not be reported');
    return EXIT.notReported;
  }
  return BAD_INPUT.includes(error.code) ? EXIT.badInput : EXIT.failed;
}
