import { ECS_LIMITS, STEP_FUNCTIONS_LIMITS } from '@serverless-ops/aws-limits';
import { JOB_NAMES } from '@serverless-ops/job-schemas';
import { synthesizedTaskStates } from './assembly/task-states.ts';

/** Longest text that a reference of the workflow can stand for, in characters. */
const LONGEST: Readonly<Record<string, number>> = {
  '$$.Task.Token': STEP_FUNCTIONS_LIMITS.taskTokenCharacters,
  '$$.Execution.Name': STEP_FUNCTIONS_LIMITS.executionNameCharacters,
  '$$.Execution.Id': STEP_FUNCTIONS_LIMITS.arnCharacters,
  '$.job_name': Math.max(...JOB_NAMES.map((name) => name.length)),
  // maxLength of both in libs/job-schemas: letters, digits, "_", "-" and ".".
  '$.job_options.db_name': 64,
  '$.job_options.db_env': 64,
};

/** Parameters with every reference replaced by the longest text it can stand for. */
function atTheirLongest(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(atTheirLongest);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]: [string, unknown]) =>
      key.endsWith('.$') ? [key.slice(0, -2), longestOf(String(inner))] : [key, atTheirLongest(inner)],
    ),
  );
}

function longestOf(reference: string): string {
  const length = LONGEST[reference];
  if (length !== undefined) return 'x'.repeat(length);
  throw new Error(`How long ${reference} can be is not known. What an order carries belongs into no override.`);
}

const tasks = synthesizedTaskStates().filter(({ integration }) => integration.startsWith('ecs:runTask'));

it('some Task states run containers', () => {
  expect(tasks).not.toEqual([]);
});

it.each(tasks.map((task) => [task.name, task] as const))(
  'the overrides of %s stay below what ECS takes, whatever is ordered',
  (_, { parameters }) => {
    const text = JSON.stringify(atTheirLongest(parameters['Overrides']));
    expect(text.length).toBeLessThanOrEqual(ECS_LIMITS.runTaskOverridesCharacters);
  },
);
