import {
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import { JobError } from '@serverless-ops/job-schemas';
import { TASK_TOKEN_LOCALTEST } from '@serverless-ops/names';
import { deliver } from './deliver.ts';
import { DEFAULT_RETRY_POLICY, type RetryPolicy } from './retry-policy.ts';

/** Longest output of a task, in bytes of UTF-8: Step Functions quota "maximum input or output size for a task". */
const MAX_OUTPUT_BYTES = 262_144;

/**
 * Tells Step Functions how a task that it waits for is going. Every method throws `TaskTokenExpiredError` when Step
 * Functions waits no longer, and `ReportFailedError` when the report could not be delivered.
 */
export interface TaskReporter {
  /** Ends the task. Throws `JobError` (`InternalError`) for a result larger than Step Functions takes. */
  success(result: object): Promise<void>;
  /** Ends the task under the error's code; its message becomes the cause. */
  failure(error: JobError): Promise<void>;
  /** Says that the work moves on. One that fails is not sent again: the next one makes up for it. */
  heartbeat(): Promise<void>;
}

const reportToNobody: TaskReporter = {
  success: () => Promise.resolve(),
  failure: () => Promise.resolve(),
  heartbeat: () => Promise.resolve(),
};

/** Reporter for one task token; with the token `localtest` it sends nothing. */
export function createTaskReporter(options: {
  client: SFNClient;
  token: string;
  /** @default `DEFAULT_RETRY_POLICY`, for each value that is not given */
  retry?: Partial<RetryPolicy>;
}): TaskReporter {
  const { client, token: taskToken } = options;
  if (taskToken === TASK_TOKEN_LOCALTEST) return reportToNobody;

  const policy = { ...DEFAULT_RETRY_POLICY, ...options.retry };
  const inTime = () => ({ abortSignal: AbortSignal.timeout(policy.attemptTimeoutMs) });
  return {
    success: async (result) => {
      const output = toOutput(result);
      await deliver(
        'success',
        (requestFailed) => {
          const command = new SendTaskSuccessCommand({ taskToken, output });
          command.middlewareStack.add(tellOf(requestFailed), NEXT_TO_THE_WIRE);
          return client.send(command, inTime());
        },
        policy,
      );
    },
    failure: (error) =>
      deliver(
        'failure',
        (requestFailed) => {
          // Half of a character, left where a long message was cut, is not text that AWS takes.
          const cause = error.message.toWellFormed();
          const command = new SendTaskFailureCommand({ taskToken, error: error.code, cause });
          command.middlewareStack.add(tellOf(requestFailed), NEXT_TO_THE_WIRE);
          return client.send(command, inTime());
        },
        policy,
      ),
    heartbeat: () =>
      deliver('a heartbeat', () => client.send(new SendTaskHeartbeatCommand({ taskToken }), inTime()), {
        ...policy,
        maxAttempts: 1,
      }),
  };
}

/** Inside the SDK's own retries, and inside the signing, which when it fails has sent nothing. */
const NEXT_TO_THE_WIRE = { name: 'tellOfFailedRequests', step: 'finalizeRequest', priority: 'low' } as const;

/** SDK middleware that passes on how each single request failed. */
function tellOf(requestFailed: (reason: unknown) => void) {
  return <Args, Result>(next: (args: Args) => Promise<Result>) =>
    async (args: Args): Promise<Result> => {
      try {
        return await next(args);
      } catch (reason) {
        requestFailed(reason);
        throw reason;
      }
    };
}

function toOutput(result: object): string {
  const output = JSON.stringify(result);
  const outputBytes = Buffer.byteLength(output);
  if (outputBytes <= MAX_OUTPUT_BYTES) return output;
  throw new JobError(
    'InternalError',
    `The job is done, but its result has ${outputBytes} bytes and Step Functions takes ${MAX_OUTPUT_BYTES} at most. ` +
      'Report it with the log of this job.',
  );
}
