import { isObject, StatesError } from '@serverless-ops/states-language';
import type { Json } from '../endpoint/service.ts';
import { describeExecution } from './actions/executions.ts';
import { withCapitalKeys, withIsoTimestamps } from './integrations/key-case.ts';
import type { Registry } from './registry.ts';

/** Waits for the execution that `startExecution.sync:2` started; it is stopped when its parent is. */
export function createNestedExecutions(registry: Registry) {
  return async (submitted: Json, signal: AbortSignal): Promise<Json> => {
    const { ExecutionArn: arn } = submitted as { ExecutionArn: string };
    const execution = registry.requireExecution(arn);
    const stop = (): void => execution.stop();
    signal.addEventListener('abort', stop, { once: true });
    await execution.ended;
    signal.removeEventListener('abort', stop);

    const answer = JSON.parse(JSON.stringify(describeExecution(execution))) as Json;
    const description = withIsoTimestamps(withCapitalKeys(answer));
    if (execution.status !== 'SUCCEEDED') throw new StatesError('States.TaskFailed', JSON.stringify(description));
    return { ...(isObject(description) && description), Output: execution.output ?? null };
  };
}
