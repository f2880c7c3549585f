import { parameterValueProblem } from '@serverless-ops/aws-limits';
import { storedValueProblem } from '@serverless-ops/parameter-rules';
import type { GroupParameter } from './parameter-group.ts';

/** What is wrong with a value for a parameter, without telling it; undefined when nothing is. */
export function describeValueProblem(parameter: GroupParameter, value: string): string | undefined {
  return storedValueProblem(parameter, value) ?? parameterValueProblem(value);
}
