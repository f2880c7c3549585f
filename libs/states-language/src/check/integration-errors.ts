import type { TaskState } from '../definition.ts';

/** Resources of Task states, and how the errors of each begin. */
const INTEGRATIONS: readonly (readonly [resource: RegExp, errors: RegExp])[] = [
  [/^ecs:runTask(?:\.sync|\.waitForTaskToken)?$/, /^(?:ECS|AmazonECS)\./],
  [/^lambda:invoke(?:\.waitForTaskToken)?$/, /^(?:Lambda\.|Sandbox\.Timedout$|Runtime\.)/],
  [/^sns:publish(?:\.waitForTaskToken)?$/, /^SNS\./],
  [/^dynamodb:(?:get|put|update|delete)Item$/, /^DynamoDB\./],
  [/^states:startExecution(?:\.sync(?::2)?|\.waitForTaskToken)?$/, /^StepFunctions\./],
  [/^aws-sdk:sfn:[a-z]\w+$/, /^Sfn\./],
];

/** Errors of Step Functions itself that a Task state can meet and handle (its guide, "Handling errors"). */
const STATES_ERRORS = [
  'States.ALL',
  'States.HeartbeatTimeout',
  'States.Permissions',
  'States.TaskFailed',
  'States.Timeout',
];

/** A resource that there is not, and errors in `Retry` and `Catch` that the task never fails with. */
export function integrationProblems(state: TaskState, reported: readonly string[]): string[] {
  const [, name = ''] = /^arn:[^:]+:states:::(.+)$/.exec(state.Resource) ?? [];
  const found = INTEGRATIONS.find(([resource]) => resource.test(name));
  if (!found) return [`The resource ${state.Resource} is none of Step Functions`];
  const comes = (error: string): boolean => {
    if (error === 'States.HeartbeatTimeout') return state.HeartbeatSeconds !== undefined;
    return STATES_ERRORS.includes(error) || found[1].test(error) || reported.includes(error);
  };
  const handled = [...(state.Retry ?? []), ...(state.Catch ?? [])].flatMap(({ ErrorEquals }) => ErrorEquals);
  return handled.filter((error) => !comes(error)).map((error) => `${error} never comes from ${name}`);
}
