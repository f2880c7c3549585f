import type { ErrorCode } from '@serverless-ops/job-schemas';
import { notify } from './notify.ts';
import type { State, States } from './states-language.ts';

/** Where a job goes that ended well, and one that did not: with its error and cause in `$.failure`. */
export const SUCCEEDED = 'NotifySuccess';
export const FAILED = 'NotifyFailure';

export interface EndStatesProps {
  readonly partition: string;
  readonly topicArn: string;
  /** The path of the result of a job that ended well. */
  readonly resultPath: string;
  /** What goes into the message of a job that ended well beside its result. @default nothing */
  readonly details?: Readonly<Record<string, string>>;
}

/**
 * The states that every workflow ends with: a notification says how the job ended, and the execution ends with its
 * result or under its error. They take over at {@link SUCCEEDED} and {@link FAILED}.
 */
export function endStates({ partition, topicArn, resultPath, details = {} }: EndStatesProps): States {
  return {
    [SUCCEEDED]: notify({
      partition,
      topicArn,
      outcome: 'succeeded',
      details: { ...details, 'result.$': resultPath },
      next: 'JobComplete',
    }),
    JobComplete: { Type: 'Succeed', OutputPath: resultPath },
    [FAILED]: notify({
      partition,
      topicArn,
      outcome: 'failed',
      details: { 'error.$': '$.failure.Error', 'cause.$': '$.failure.Cause' },
      next: 'JobFailed',
    }),
    JobFailed: { Type: 'Fail', ErrorPath: '$.failure.Error', CausePath: '$.failure.Cause' },
  };
}

/** A state that ends the job under an error of the workflow's own. */
export function failure(error: ErrorCode, cause: string): State {
  return { Type: 'Pass', Result: { Error: error, Cause: cause }, ResultPath: '$.failure', Next: FAILED };
}
