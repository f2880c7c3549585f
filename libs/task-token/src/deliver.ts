import { ReportFailedError, TaskTokenExpiredError } from './errors.ts';
import {
  isWorthRetrying,
  mayHaveBeenApplied,
  mayMeanReportedAlready,
  meansNoLongerWaiting,
} from './report-failures.ts';
import { retryDelayMs, type RetryPolicy } from './retry-policy.ts';

/**
 * Sends one report until it has arrived. `attempt` passes on how each request failed, the SDK's own retries included:
 * once a request may have been applied unseen, the answer "this task is closed" means that it was.
 */
export async function deliver(
  what: string,
  attempt: (requestFailed: (reason: unknown) => void) => Promise<unknown>,
  policy: RetryPolicy,
): Promise<void> {
  const failures: unknown[] = [];
  for (let failedAttempts = 1; ; failedAttempts++) {
    try {
      await attempt((reason) => failures.push(reason));
      return;
    } catch (error) {
      if (failures.some(mayHaveBeenApplied) && mayMeanReportedAlready(error)) return;
      if (meansNoLongerWaiting(error)) throw new TaskTokenExpiredError({ cause: error });
      if (failedAttempts >= policy.maxAttempts || !isWorthRetrying(error)) {
        const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
        throw new ReportFailedError(`Could not report ${what} to Step Functions: ${reason}`, { cause: error });
      }
      await policy.sleep(retryDelayMs(failedAttempts, policy));
    }
  }
}
