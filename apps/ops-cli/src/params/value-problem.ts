import { storedValueProblem } from '@serverless-ops/parameter-rules';
import type { GroupParameter } from './parameter-group.ts';

/** What is wrong with a value for a parameter, without telling it; undefined when nothing is. */
export function describeValueProblem(parameter: GroupParameter, value: string): string | undefined {
  return storedValueProblem(parameter, value) ?? describeStoreProblem(value);
}

/** What Parameter Store itself refuses, so that no job ever meets it. (model, PutParameter, "Value") */
function describeStoreProblem(value: string): string | undefined {
  return /\{\{.*\}\}/s.test(value) ? 'holds "{{...}}", which Parameter Store does not take' : undefined;
}
