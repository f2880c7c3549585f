import { ECS_LIMITS, STEP_FUNCTIONS_LIMITS } from '@serverless-ops/aws-limits';
import { JOB_OPTIONS_SCHEMAS, WORKER_JOB_NAMES } from '@serverless-ops/job-schemas';
import { z } from 'zod';
import { JOB_TASK_STATES, tasksOfJobs } from '../testing/some-workflow.ts';
import { workerWorkflow } from './worker-workflow.ts';

const SIZE = { cpu: 16_384, memoryMib: 122_880 };

/** Every job in the largest size there is. */
const { States } = workerWorkflow({
  partition: 'aws-us-gov',
  cluster: 'ops',
  subnetIds: 'subnet-1,subnet-2',
  securityGroupId: 'sg-1',
  assignPublicIp: true,
  capacity: 'on_demand',
  tasks: tasksOfJobs({ timeoutHours: 6, size: SIZE }),
  topicArn: 'arn:aws:sns:eu-west-1:111122223333:ops',
  logGroupName: '/ops/mysql-worker',
});

/** The longest text that an option of this name may be, in any job; its pattern allows no character that JSON escapes. */
function longestOption(name: string): string {
  const lengths = WORKER_JOB_NAMES.map((job) => {
    const { properties = {} } = z.toJSONSchema(JOB_OPTIONS_SCHEMAS[job], { io: 'input' });
    return (properties[name] as { maxLength?: number } | undefined)?.maxLength ?? 0;
  });
  return 'x'.repeat(Math.max(...lengths));
}

/** The longest value of everything that the workflow fills in when it starts a task. */
const LONGEST: Readonly<Record<string, string>> = {
  '$$.Task.Token': 'x'.repeat(STEP_FUNCTIONS_LIMITS.taskTokenCharacters),
  '$$.Execution.Name': 'x'.repeat(STEP_FUNCTIONS_LIMITS.executionNameCharacters),
  '$$.Execution.Id': 'x'.repeat(STEP_FUNCTIONS_LIMITS.arnCharacters),
  '$.job_name': WORKER_JOB_NAMES.reduce((a, b) => (a.length > b.length ? a : b)),
  '$.job_options.db_name': longestOption('db_name'),
  '$.job_options.db_env': longestOption('db_env'),
};

interface Overrides {
  readonly ContainerOverrides: readonly { readonly Environment: readonly Readonly<Record<string, string>>[] }[];
}

/** The overrides of a job's state as ECS gets them, each value as long as it can be. */
function longestOverrides(state: string): string {
  const { Overrides } = States[state]?.['Parameters'] as { Overrides: Overrides };
  return JSON.stringify(Overrides, (key, value: unknown) => {
    if (!key.endsWith('.$')) return value;
    const longest = LONGEST[String(value)];
    if (longest === undefined) throw new Error(`How long can ${String(value)} be? LONGEST does not say it.`);
    return longest;
  });
}

describe('the overrides of a task', () => {
  const jobs = Object.keys(States).filter((name) => JSON.stringify(States[name]).includes('"ContainerOverrides"'));

  it('are there for every job', () => {
    expect(jobs).toEqual(JOB_TASK_STATES);
  });

  it.each(jobs)('of %s fit into what ECS takes, however long the order is', (state) => {
    expect(longestOverrides(state).length).toBeLessThan(ECS_LIMITS.runTaskOverridesCharacters);
  });

  it('hold nothing whose length no schema bounds', () => {
    expect(longestOption('db_name')).not.toBe('');
    expect(longestOption('db_env')).not.toBe('');
  });
});
