import { STEP_FUNCTIONS_LIMITS } from '@serverless-ops/aws-limits';
import type { Json } from '../json.ts';
import { StatesError } from '../states-error.ts';

/** What a state, a task or an execution may take or give, as UTF-8 JSON. */
export const DATA_LIMIT_BYTES = STEP_FUNCTIONS_LIMITS.payloadBytes;

/** Refuses data that is too large; `States.ALL` does not catch that. */
export function assertWithinDataLimit(data: Json, stateOrTask: string): void {
  if (Buffer.byteLength(JSON.stringify(data)) <= DATA_LIMIT_BYTES) return;
  const cause = `The state/task '${stateOrTask}' returned a result with a size exceeding the maximum number of bytes service limit.`;
  throw new StatesError('States.DataLimitExceeded', cause);
}

/** As above, for what `Parameters` made of a state's input. */
export function assertParametersWithinDataLimit(data: Json, state: string): Json {
  if (Buffer.byteLength(JSON.stringify(data)) <= DATA_LIMIT_BYTES) return data;
  const cause = `The state '${state}' has input after its Parameters with a size exceeding the maximum number of bytes service limit.`;
  throw new StatesError('States.DataLimitExceeded', cause);
}
