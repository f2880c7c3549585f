import { ERROR_CODES, RETRYABLE_ERROR_CODES, WORKER_JOB_NAMES } from '@serverless-ops/job-schemas';
import {
  createManualClock,
  definitionProblems,
  runDefinition,
  sleep,
  StatesError,
  type AnswerTask,
  type DefinitionRun,
} from '@serverless-ops/states-language';
import { definition, JOB_TASK_STATES, RETRIED_STATES, state, type Retrier } from '../testing/some-workflow.ts';

describe('the definition', () => {
  it('is valid States Language', () => {
    expect(definitionProblems(definition, { type: 'STANDARD' })).toEqual([]);
  });

  it.each(JOB_TASK_STATES)('gives %s up for silence long before its time limit', (name) => {
    expect(state(name)).toMatchObject({ HeartbeatSeconds: 300, TimeoutSeconds: 21_600 });
    expect(definition.TimeoutSeconds).toBeGreaterThan(3 * 21_600);
  });

  it.each(RETRIED_STATES)('retries in %s exactly the retryable codes, and failed starts', (name) => {
    const names = (state(name)['Retry'] as Retrier[]).flatMap(({ ErrorEquals }) => ErrorEquals);

    const ours = names.filter((error) => !error.startsWith('ECS.') && error !== 'AmazonECS.Unknown');

    expect(ours).toEqual(RETRYABLE_ERROR_CODES);
  });

  it('fails under no name of its own that is not on the list of codes', () => {
    const named = JSON.stringify(definition).matchAll(/"Error":"(\w+)"/g);

    expect([...named].filter(([, error = '']) => !(error in ERROR_CODES))).toEqual([]);
  });

  it('can reach every state', () => {
    const mentioned = new Set(JSON.stringify(definition).match(/(?<="(?:Next|Default|StartAt)":")\w+/g));

    expect(Object.keys(definition.States).filter((name) => !mentioned.has(name))).toEqual([]);
  });
});

const EXECUTION_ARN = 'arn:aws:states:eu-west-1:111122223333:execution:ops-mysql-worker:job-1';

const RESULT = { status: 'job complete', tables: 8 };

/** Runs the workflow; the worker answers with the outcomes in turn, the last one again and again. */
async function execute(
  input: unknown,
  outcomes: unknown[] = [RESULT],
  publish: AnswerTask = () => ({}),
): Promise<DefinitionRun & { called: [state: string, parameters: unknown][] }> {
  const run = await runDefinition(definition, {
    input,
    arn: EXECUTION_ARN,
    answer(call) {
      if (call.state.startsWith('Notify')) return publish(call);
      const outcome = outcomes.length > 1 ? outcomes.shift() : outcomes[0];
      if (outcome instanceof StatesError) throw outcome;
      return outcome;
    },
  });
  return { ...run, called: run.calls.map(({ state, parameters }) => [state, parameters]) };
}

const reported = (name: string, message = `${name} happened`): StatesError => new StatesError(name, message);

const topicGone = (): never => {
  throw reported('SNS.SnsException');
};

const backup = { job_name: 'db_backup', job_options: { db_name: 'classicmodels', db_env: 'demo' } };

describe('a job on a database', () => {
  it('runs in a container that receives everything but secrets, and ends with what the worker reports', async () => {
    const { called, calls, output } = await execute(backup);

    expect(calls[0]?.token).toMatch(/^[A-Za-z0-9+/=]{600,}$/);

    expect(called[0]).toEqual([
      'db_backup',
      {
        LaunchType: 'FARGATE',
        PlatformVersion: 'LATEST',
        Cluster: 'ops',
        TaskDefinition: 'ops-mysql-worker-backup',
        NetworkConfiguration: {
          AwsvpcConfiguration: {
            Subnets: ['subnet-1', 'subnet-2'],
            SecurityGroups: ['sg-1'],
            AssignPublicIp: 'ENABLED',
          },
        },
        Overrides: {
          ContainerOverrides: [
            {
              Name: 'MysqlWorkerContainer',
              Environment: [
                { Name: 'TASK_TOKEN_ENV_VARIABLE', Value: calls[0]?.token },
                { Name: 'JOB_ID', Value: 'job-1' },
                { Name: 'EXECUTION_ARN', Value: EXECUTION_ARN },
                { Name: 'JOB_NAME', Value: 'db_backup' },
                { Name: 'DB_NAME', Value: 'classicmodels' },
                { Name: 'DB_ENV', Value: 'demo' },
              ],
            },
          ],
        },
      },
    ]);
    expect(output).toEqual({ status: 'job complete', tables: 8 });
  });

  it('is announced with its result', async () => {
    const { called } = await execute(backup);

    expect(called.slice(1)).toEqual([
      [
        'NotifySuccess',
        {
          TopicArn: 'arn:aws:sns:eu-west-1:111122223333:ops',
          Subject: 'db_backup succeeded',
          Message: {
            job_id: 'job-1',
            job_name: 'db_backup',
            database: 'classicmodels/demo',
            outcome: 'succeeded',
            result: { status: 'job complete', tables: 8 },
          },
        },
      ],
    ]);
  });

  it('succeeds also when the notification fails', async () => {
    const { called, output } = await execute(backup, [RESULT], topicGone);

    expect(called.filter(([name]) => name === 'NotifySuccess')).toHaveLength(4);
    expect(output).toEqual({ status: 'job complete', tables: 8 });
  });
});

describe('a script on a database', () => {
  it('runs in the family of scripts, with the variables of the database', async () => {
    const { called } = await execute({
      job_name: 'run_script',
      job_options: { script: 'a.sh', db_name: 'classicmodels', db_env: 'demo' },
    });

    expect(called[0]).toMatchObject([
      'run_script',
      {
        TaskDefinition: 'ops-mysql-worker-script',
        Overrides: {
          ContainerOverrides: [
            {
              Environment: [
                { Name: 'TASK_TOKEN_ENV_VARIABLE' },
                { Name: 'JOB_ID' },
                { Name: 'EXECUTION_ARN' },
                { Name: 'JOB_NAME', Value: 'run_script' },
                { Name: 'DB_NAME', Value: 'classicmodels' },
                { Name: 'DB_ENV', Value: 'demo' },
              ],
            },
          ],
        },
      },
    ]);
  });
});

describe('a job without a database', () => {
  it('runs in a container without the variables of one', async () => {
    const { called } = await execute({ job_name: 'run_script', job_options: { script: 'a.sh', args: ['x'] } });

    expect(called[0]).toMatchObject([
      'run_script_without_database',
      {
        TaskDefinition: 'ops-mysql-worker-script',
        Overrides: {
          ContainerOverrides: [
            {
              Environment: [
                { Name: 'TASK_TOKEN_ENV_VARIABLE' },
                { Name: 'JOB_ID' },
                { Name: 'EXECUTION_ARN' },
                { Name: 'JOB_NAME', Value: 'run_script' },
              ],
            },
          ],
        },
      },
    ]);
    expect(called[1]).toMatchObject(['NotifySuccess', { Message: { database: 'none' } }]);
  });
});

describe('a job that fails', () => {
  it('ends under the code that the worker reports, announced with the cause', async () => {
    const { called, error, cause } = await execute(backup, [reported('AccessDenied', 'The password was refused.')]);

    expect({ error, cause }).toEqual({ error: 'AccessDenied', cause: 'The password was refused.' });
    expect(called).toHaveLength(2);
    expect(called[1]).toMatchObject([
      'NotifyFailure',
      {
        Subject: 'db_backup failed',
        Message: {
          job_id: 'job-1',
          job_name: 'db_backup',
          database: 'classicmodels/demo',
          outcome: 'failed',
          error: 'AccessDenied',
          cause: 'The password was refused.',
        },
      },
    ]);
  });

  it('keeps its code also when the notification fails', async () => {
    const failed = await execute(backup, [reported('DumpFailed')], topicGone);

    expect(failed.error).toBe('DumpFailed');
  });

  it('is tried again twice under a retryable code, and may succeed', async () => {
    const { called, output } = await execute(backup, [reported('UploadFailed'), reported('ConnectionLost'), RESULT]);

    expect(called.map(([name]) => name)).toEqual(['db_backup', 'db_backup', 'db_backup', 'NotifySuccess']);
    expect(output).toEqual({ status: 'job complete', tables: 8 });
  });

  it('is given up after the third attempt', async () => {
    const { called, error } = await execute(backup, [reported('DatabaseUnreachable')]);

    expect(called.filter(([name]) => name === 'db_backup')).toHaveLength(3);
    expect(error).toBe('DatabaseUnreachable');
  });

  it('is tried again six times when ECS has no capacity or a fault', async () => {
    const { called, error } = await execute(backup, [reported('AmazonECS.Unknown')]);

    expect(called.filter(([name]) => name === 'db_backup')).toHaveLength(7);
    expect(error).toBe('TaskNotStarted');
  });

  it.each([
    ['ECS.InvalidParameterException', 'TaskNotStarted'],
    ['ECS.ClusterNotFoundException', 'TaskNotStarted'],
    ['ECS.AccessDeniedException', 'TaskNotStarted'],
    ['States.Permissions', 'InternalError'],
    ['States.TaskFailed', 'InternalError'],
  ])('at once under %s of AWS, which no retry mends, ends as %s and repeats what AWS says', async (name, code) => {
    const { called, error, cause } = await execute(backup, [reported(name, 'Not {like} that.')]);

    expect(error).toBe(code);
    expect(cause).toContain(`${name}: Not {like} that. `);
    expect(called.map(([state]) => state)).toEqual(['db_backup', 'NotifyFailure']);
    expect(called[1]).toMatchObject(['NotifyFailure', { Message: { error: code, cause } }]);
  });

  it('ends as WorkerLost when the worker falls silent, after 300 seconds, with what to do', async () => {
    const { called, error, cause, tookMs } = await execute(backup, [new Promise(() => undefined)]);

    const expected =
      'The worker sent no heartbeat for 300 seconds, so it hangs or is gone; its container is stopped. ' +
      'Read its log (log group /ops/mysql-worker, the lines with this job id), and order the job again.';
    expect({ error, cause }).toEqual({ error: 'WorkerLost', cause: expected });
    expect(called.map(([name]) => name)).toEqual(['db_backup', 'NotifyFailure']);
    expect(called[1]).toMatchObject(['NotifyFailure', { Message: { error: 'WorkerLost', cause: expected } }]);
    expect(tookMs).toBe(300_000);
  });

  it('ends as WorkerLost when the worker is not done within its hours, with what to do', async () => {
    const clock = createManualClock();
    const { calls, error, cause, tookMs } = await runDefinition(definition, {
      input: backup,
      clock,
      async answer({ state: name, heartbeat }) {
        while (name === 'db_backup') {
          await sleep(clock, 60_000, new AbortController().signal);
          heartbeat();
        }
      },
    });

    const expected =
      'The job was not complete after 6 hours; its container is stopped. ' +
      'Read its log (log group /ops/mysql-worker, the lines with this job id). ' +
      'If it only needs longer, set a higher tasks.fargate.mysql_worker.jobs.db_backup.timeout_hours in settings.yml.';
    expect({ error, cause }).toEqual({ error: 'WorkerLost', cause: expected });
    expect(calls.at(-1)).toMatchObject({
      state: 'NotifyFailure',
      parameters: { Message: { error: 'WorkerLost', cause: expected } },
    });
    expect(tookMs).toBe(6 * 3_600_000);
  });
});

describe('a request that is not valid', () => {
  const NEEDS_BACKUP =
    'job_options of db_backup must have db_name (string), db_env (string); may have engine (parallel or script), ' +
    'parallelism (integer), include_tables (array), exclude_tables (array), definer (keep or strip); nothing else';
  const NEEDS_SCRIPT =
    'job_options of run_script must have script (string); may have db_name (string), db_env (string), args (array), ' +
    'db_name and db_env only together; nothing else';
  const JOBS = `job_name must be one of ${WORKER_JOB_NAMES.join(', ')}`;
  const database = { db_name: 'a', db_env: 'b' };

  it.each([
    ['an unknown job', { job_name: 'format_disk', job_options: {} }, 'unknown', JOBS],
    ['no job', { job_options: database }, 'unknown', JOBS],
    ['a job that is no text', { job_name: 7 }, 'unknown', JOBS],
    ['no object', 'db_backup', 'unknown', JOBS],
    ['no options', { job_name: 'db_backup' }, 'db_backup', NEEDS_BACKUP],
    ['a missing option', { job_name: 'db_backup', job_options: { db_name: 'a' } }, 'db_backup', NEEDS_BACKUP],
    ['a wrong type', { job_name: 'db_backup', job_options: { ...database, db_name: 7 } }, 'db_backup', NEEDS_BACKUP],
    ['a wrong value', { job_name: 'db_backup', job_options: { ...database, engine: 'x' } }, 'db_backup', NEEDS_BACKUP],
    [
      "another job's option",
      { job_name: 'db_backup', job_options: { ...database, script: 'a.sh' } },
      'db_backup',
      NEEDS_BACKUP,
    ],
    ['no script', { job_name: 'run_script', job_options: database }, 'run_script', NEEDS_SCRIPT],
    [
      'half a database',
      { job_name: 'run_script', job_options: { script: 'a.sh', db_name: 'a' } },
      'run_script',
      NEEDS_SCRIPT,
    ],
  ])('is refused before a container starts, and told what is allowed: %s', async (_, input, job, allowed) => {
    const { called, error, cause } = await execute(input);

    expect(error).toBe('InvalidRequest');
    expect(cause).toBe(
      `The request is not valid: ${allowed}. Compare it with the input of this execution, and order the job again.`,
    );
    expect(called).toEqual([
      [
        'NotifyFailure',
        expect.objectContaining({
          Subject: `${job} failed`,
          Message: { job_id: 'job-1', job_name: job, database: 'none', outcome: 'failed', error, cause },
        }),
      ],
    ]);
  });
});
