import { STEP_FUNCTIONS_LIMITS } from '@serverless-ops/aws-limits';
import { DATA_LIMIT_BYTES, StatesError, TaskTokenError, type TaskTokens } from '@serverless-ops/states-language';
import { z } from 'zod';
import { action } from '../../endpoint/action.ts';
import { AwsError } from '../../endpoint/aws-error.ts';
import type { Json, ServiceActions } from '../../endpoint/service.ts';

const taskToken = z.string().min(1).max(STEP_FUNCTIONS_LIMITS.taskTokenCharacters);

const failureRequest = z.object({
  taskToken,
  error: z.string().max(STEP_FUNCTIONS_LIMITS.errorCharacters).default(''),
  cause: z.string().max(STEP_FUNCTIONS_LIMITS.causeCharacters).default(''),
});

/** `SendTaskSuccess`, `SendTaskFailure`, `SendTaskHeartbeat`: what a worker says with its token. */
export function taskReportActions(tokens: TaskTokens): ServiceActions {
  return {
    SendTaskSuccess: action(z.object({ taskToken, output: z.string().max(DATA_LIMIT_BYTES) }), (report) => {
      const output = parseOutput(report.output);
      return reported(() => tokens.succeed(report.taskToken, output));
    }),
    SendTaskFailure: action(failureRequest, (report) => {
      return reported(() => tokens.fail(report.taskToken, new StatesError(report.error, report.cause)));
    }),
    SendTaskHeartbeat: action(z.object({ taskToken }), (beat) => reported(() => tokens.heartbeat(beat.taskToken))),
  };
}

/** Sends the report; a token that no task waits for is an error of the API. */
function reported(send: () => void): object {
  try {
    send();
    return {};
  } catch (error) {
    throw error instanceof TaskTokenError ? new AwsError(error.code, error.message) : error;
  }
}

function parseOutput(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new AwsError('InvalidOutput', `Invalid Output: '${(error as Error).message}'`);
  }
}
