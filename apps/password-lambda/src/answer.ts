import type { JobLogger } from '@serverless-ops/job-logging';
import { lambdaFailure } from './lambda-failure.ts';

/** Does what a function is called for. Whatever goes wrong is logged, and thrown as Lambda is to see it. */
export async function answer<Result>(jobLog: JobLogger, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    jobLog.logger.error({ err: error }, 'failed');
    throw lambdaFailure(error, (text) => jobLog.redact(text));
  }
}
