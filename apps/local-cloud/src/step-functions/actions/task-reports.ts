import { STEP_FUNCTIONS_LIMITS } from '@serverless-ops/aws-limits';
import { z } from 'zod';
import { action } from '../../endpoint/action.ts';
import { AwsError } from '../../endpoint/aws-error.ts';
import type { Json, ServiceActions } from '../../endpoint/service.ts';
import { DATA_LIMIT_BYTES } from '../states-language/data-limit.ts';
import { StatesError } from '../states-language/states-error.ts';
import type { TaskTokens } from '../task-tokens.ts';

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
      tokens.succeed(report.taskToken, parseOutput(report.output));
      return {};
    }),
    SendTaskFailure: action(failureRequest, (report) => {
      tokens.fail(report.taskToken, new StatesError(report.error, report.cause));
      return {};
    }),
    SendTaskHeartbeat: action(z.object({ taskToken }), (beat) => {
      tokens.heartbeat(beat.taskToken);
      return {};
    }),
  };
}

function parseOutput(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new AwsError('InvalidOutput', `Invalid Output: '${(error as Error).message}'`);
  }
}
