import type { Json } from '../../endpoint/service.ts';
import { StatesError } from './states-error.ts';

/** What a state, a task or an execution may take or give, as UTF-8 JSON. */
export const DATA_LIMIT_BYTES = 262_144;

/** Refuses data that is too large; `States.ALL` does not catch that. */
export function assertWithinDataLimit(data: Json, stateOrTask: string): void {
  if (Buffer.byteLength(JSON.stringify(data)) <= DATA_LIMIT_BYTES) return;
  const cause = `The state/task '${stateOrTask}' returned a result with a size exceeding the maximum number of bytes service limit.`;
  throw new StatesError('States.DataLimitExceeded', cause);
}
