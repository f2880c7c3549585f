import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ECSClient, type Task } from '@aws-sdk/client-ecs';
import { SFNClient, type DescribeExecutionOutput } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { readConfig } from './config.ts';
import type { WatcherClients } from './watcher-clients.ts';
import { watch } from './watch.ts';

type Answers = Partial<Record<string, (input: Record<string, unknown>) => object>>;

/** Answers the SDK over HTTP as AWS does, and writes down what it was asked. */
async function startAws(answers: Answers) {
  const recorded: [action: string, input: Record<string, unknown>][] = [];
  const server = createServer((request, response) => {
    void readCall(request).then(([action, input]) => {
      recorded.push([action, input]);
      const answer = answers[action]?.(input) ?? {};
      response.statusCode = '__type' in answer ? 400 : 200;
      response.end(
        action === 'Publish' ? '<PublishResponse><PublishResult/></PublishResponse>' : JSON.stringify(answer),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const options = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  };
  const aws = { ecs: new ECSClient(options), sfn: new SFNClient(options), sns: new SNSClient(options) };
  return { aws, recorded, server };
}

/** ECS and Step Functions are called with JSON, SNS with a form. */
async function readCall(request: IncomingMessage): Promise<[string, Record<string, unknown>]> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString();
  const target = request.headers['x-amz-target'];
  if (typeof target === 'string') {
    return [target.split('.')[1] ?? '', JSON.parse(body) as Record<string, unknown>];
  }
  const { Action = '', ...input } = Object.fromEntries(new URLSearchParams(body));
  return [Action, input];
}

const config = {
  cluster: 'ops',
  topicArn: 'arn:aws:sns:eu-west-1:111122223333:ops',
  taskFamilies: ['ops-mysql-worker-backup', 'ops-mysql-worker-script'],
};
const TASK_ARN = 'arn:aws:ecs:eu-west-1:111122223333:task/ops/0a1b';
const stopped = { 'detail-type': 'ECS Task State Change', detail: { taskArn: TASK_ARN, lastStatus: 'STOPPED' } };

let running: { server: Server; aws: WatcherClients } | undefined;

afterEach(async () => {
  const { server, aws } = running ?? {};
  Object.values(aws ?? {}).forEach((client: { destroy: () => void }) => client.destroy());
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  running = undefined;
});

async function watching(event: unknown, answers: Answers) {
  const { aws, recorded, server } = await startAws(answers);
  running = { aws, server };
  await watch(event, config, aws);
  return recorded;
}

function task(how: Omit<Task, 'taskArn' | 'overrides'>, token?: string): Answers {
  const environment = token === undefined ? [] : [{ name: 'TASK_TOKEN_ENV_VARIABLE', value: token }];
  const overrides = { containerOverrides: [{ name: 'MysqlWorkerContainer', environment }] };
  return { DescribeTasks: () => ({ tasks: [{ taskArn: TASK_ARN, overrides, ...how }], failures: [] }) };
}

describe('a container that stopped', () => {
  it('fails its job with its own token, which only ECS can tell', async () => {
    const recorded = await watching(stopped, task({ containers: [{ exitCode: 3 }] }, 'token-1'));

    expect(recorded).toEqual([
      ['DescribeTasks', { cluster: 'ops', tasks: [TASK_ARN] }],
      ['SendTaskFailure', { taskToken: 'token-1', error: 'WorkerLost', cause: expect.any(String) as unknown }],
    ]);
  });

  it.each(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'])(
    'is left alone when its job has ended already (%s)',
    async (answer) => {
      const answers = { ...task({}, 'token-1'), SendTaskFailure: () => ({ __type: answer }) };

      await expect(watching(stopped, answers)).resolves.toHaveLength(2);
    },
  );

  it.each([
    ['was started without a token', task({})],
    ['was started with localtest, and reports nothing', task({}, 'localtest')],
    ['ECS has forgotten', { DescribeTasks: () => ({ tasks: [], failures: [{ reason: 'MISSING' }] }) }],
  ])('is left alone when it %s', async (_, answers) => {
    expect((await watching(stopped, answers)).map(([action]) => action)).toEqual(['DescribeTasks']);
  });

  it.each([
    [
      'its image could not be pulled',
      { stopCode: 'TaskFailedToStart', stoppedReason: 'CannotPullContainerError: i/o timeout' },
      'The container did not start: CannotPullContainerError: i/o timeout. Check that its subnets reach Amazon ECR ' +
        '(a public address, a NAT gateway or endpoints) and that the image is there. Then order the job again. (Task 0a1b.)',
    ],
    [
      'it got no network interface',
      { stopCode: 'TaskFailedToStart', stoppedReason: 'Unexpected EC2 error while creating ENI' },
      'The container did not start: Unexpected EC2 error while creating ENI. Check that the subnets have free addresses ' +
        'and that the security group and the log group exist. Then order the job again. (Task 0a1b.)',
    ],
    [
      'it did not start for another reason',
      { stopCode: 'TaskFailedToStart' },
      'The container did not start: ECS gives no reason. Check the task definition and the quotas of Fargate. ' +
        'Then order the job again. (Task 0a1b.)',
    ],
    [
      'memory ran out',
      {
        stopCode: 'EssentialContainerExited',
        containers: [{ exitCode: 137, reason: 'OutOfMemoryError: Container killed due to memory usage' }],
      },
      'The container ran out of memory: OutOfMemoryError: Container killed due to memory usage. ' +
        'Raise tasks.fargate.mysql_worker.memory_mib in settings.yml and deploy. Then order the job again. (Task 0a1b.)',
    ],
    [
      'it was killed',
      { stopCode: 'EssentialContainerExited', containers: [{ exitCode: 137 }] },
      'The worker was killed (exit code 137): memory ran out, or it did not stop in time when told to. ' +
        'Read the end of its log. Then order the job again. (Task 0a1b.)',
    ],
    [
      'it could not report',
      { stopCode: 'EssentialContainerExited', containers: [{}, { exitCode: 3 }] },
      'The worker ended with exit code 3 and its report did not arrive. Read the end of its log. ' +
        'Then order the job again. (Task 0a1b.)',
    ],
    [
      'Spot took its capacity',
      { stopCode: 'SpotInterruption', containers: [{ exitCode: 137 }] },
      'AWS took the capacity back that the container ran on. Then order the job again. (Task 0a1b.)',
    ],
    [
      'somebody stopped it',
      { stopCode: 'UserInitiated', stoppedReason: 'stopped by ann', containers: [{ exitCode: 137 }] },
      'The container was stopped from outside: stopped by ann. If this was not intended, order the job again. (Task 0a1b.)',
    ],
    [
      'nobody knows why',
      { containers: [] },
      'The container ended without a report: ECS gives no reason. Then order the job again. (Task 0a1b.)',
    ],
  ] satisfies [string, Omit<Task, 'taskArn'>, string][])('is explained when %s', async (_, how, cause) => {
    const recorded = await watching(stopped, task(how, 'token-1'));

    expect(recorded[1]?.[1]).toMatchObject({ error: 'WorkerLost', cause });
  });

  it('is tried again by Lambda when the job could not be told', async () => {
    const answers = { ...task({}, 'token-1'), SendTaskFailure: () => ({ __type: 'AccessDeniedException' }) };

    await expect(watching(stopped, answers)).rejects.toThrow();
  });
});

const EXECUTION_ARN = 'arn:aws:states:eu-west-1:111122223333:execution:ops-mysql-worker:job-1';
const ended = {
  'detail-type': 'Step Functions Execution Status Change',
  detail: { executionArn: EXECUTION_ARN, name: 'job-1', status: 'FAILED' },
};
const INPUT = JSON.stringify({ job_name: 'db_backup', job_options: { db_name: 'classicmodels', db_env: 'demo' } });

/** An execution that has ended, its last events newest first. */
function execution(
  how: Partial<DescribeExecutionOutput>,
  lastEvents: object[] = [{ type: 'ExecutionFailed' }],
): Answers {
  return {
    DescribeExecution: () => ({ input: INPUT, ...how }),
    GetExecutionHistory: () => ({ events: lastEvents }),
  };
}

const NOTIFIED = [
  { type: 'ExecutionFailed' },
  { type: 'FailStateEntered' },
  { type: 'TaskStateExited' },
  { type: 'TaskSucceeded', taskSucceededEventDetails: { resourceType: 'sns', resource: 'publish' } },
];

function published(recorded: Awaited<ReturnType<typeof watching>>): unknown {
  const message = recorded.find(([action]) => action === 'Publish')?.[1]['Message'];
  return typeof message === 'string' ? JSON.parse(message) : undefined;
}

/** A task that runs, started with these variables. */
function runningTask(taskArn: string, variables: Record<string, string>): Task {
  const environment = Object.entries(variables).map(([name, value]) => ({ name, value }));
  return { taskArn, overrides: { containerOverrides: [{ name: 'MysqlWorkerContainer', environment }] } };
}

describe('an execution that did not succeed', () => {
  it('has every task stopped that it started and that still runs, and no other', async () => {
    const recorded = await watching(ended, {
      ...execution({ status: 'FAILED', error: 'WorkerLost' }, NOTIFIED),
      ListTasks: ({ family, nextToken }) => {
        if (family === 'ops-mysql-worker-script') return { taskArns: [] };
        return nextToken === undefined
          ? { taskArns: ['task-1', 'task-2'], nextToken: 'more' }
          : { taskArns: ['task-3'] };
      },
      DescribeTasks: ({ tasks }) => {
        const all = [
          runningTask('task-1', { JOB_ID: 'job-1', EXECUTION_ARN }),
          runningTask('task-2', { JOB_ID: 'job-1', EXECUTION_ARN: EXECUTION_ARN.replace('job-1', 'job-10') }),
          runningTask('task-3', { JOB_ID: 'job-1' }),
        ];
        return { tasks: all.filter(({ taskArn = '' }) => (tasks as string[]).includes(taskArn)) };
      },
    });

    expect(recorded.slice(0, -1)).toEqual([
      ['ListTasks', { cluster: 'ops', family: 'ops-mysql-worker-backup' }],
      ['DescribeTasks', { cluster: 'ops', tasks: ['task-1', 'task-2'] }],
      ['StopTask', { cluster: 'ops', task: 'task-1', reason: `Execution ${EXECUTION_ARN} has ended` }],
      ['ListTasks', { cluster: 'ops', family: 'ops-mysql-worker-backup', nextToken: 'more' }],
      ['DescribeTasks', { cluster: 'ops', tasks: ['task-3'] }],
      ['ListTasks', { cluster: 'ops', family: 'ops-mysql-worker-script' }],
    ]);
    expect(recorded.at(-1)?.[0]).toBe('GetExecutionHistory');
  });

  it.each(['DumpFailed', 'WorkerLost', 'States.TaskFailed'])(
    'is not announced again when its own states have done so (%s)',
    async (error) => {
      const how = { status: 'FAILED', error, cause: 'told already' } as const;

      expect(published(await watching(ended, execution(how, NOTIFIED)))).toBeUndefined();
    },
  );

  it.each([
    [
      'was stopped by hand',
      { status: 'ABORTED' },
      {
        error: 'Stopped',
        cause: 'Somebody stopped the execution before the job was complete. Order the job again if it is still wanted.',
      },
    ],
    [
      'was stopped with a reason',
      { status: 'ABORTED', error: 'Maintenance', cause: 'The database moves tonight.' },
      { error: 'Maintenance', cause: 'The database moves tonight.' },
    ],
    [
      'ran out of time',
      { status: 'TIMED_OUT' },
      {
        error: 'WorkerLost',
        cause:
          'The execution took longer than its time limit, all attempts together. Read the log of the job, then order it again.',
      },
    ],
    [
      'failed in a way no state can catch',
      { status: 'FAILED', error: 'States.DataLimitExceeded', cause: 'The output is too large.' },
      {
        error: 'InternalError',
        cause:
          'Step Functions ended the execution with States.DataLimitExceeded: The output is too large. ' +
          'No state of a workflow can catch this error. Report it with the history of this execution.',
      },
    ],
    [
      'could not publish its failure itself',
      { status: 'FAILED', error: 'DumpFailed', cause: 'The dump ended with an error.' },
      { error: 'DumpFailed', cause: 'The dump ended with an error.' },
    ],
  ] satisfies [string, Partial<DescribeExecutionOutput>, object][])(
    'is announced when it %s',
    async (_, how, failure) => {
      const recorded = await watching(ended, execution(how));

      expect(recorded.at(-1)).toMatchObject(['Publish', { Subject: 'db_backup failed', TopicArn: config.topicArn }]);
      expect(published(recorded)).toEqual({
        job_id: 'job-1',
        job_name: 'db_backup',
        database: 'classicmodels/demo',
        outcome: 'failed',
        ...failure,
      });
    },
  );

  it('is announced when it was a change of a password, with the database of its account', async () => {
    const input = JSON.stringify({
      job_name: 'password_change',
      job_options: { db_name: 'classicmodels', db_env: 'demo', db_user: 'mary' },
    });

    const recorded = await watching(ended, execution({ status: 'ABORTED', input }));

    expect(published(recorded)).toMatchObject({
      job_name: 'password_change',
      database: 'classicmodels/demo',
      error: 'Stopped',
    });
  });

  it('is announced as stopped together with its task', async () => {
    const recorded = await watching(ended, {
      ...execution({ status: 'ABORTED' }),
      ListTasks: ({ family }) => ({ taskArns: family === 'ops-mysql-worker-backup' ? ['task-1'] : [] }),
      DescribeTasks: () => ({ tasks: [runningTask('task-1', { EXECUTION_ARN })] }),
    });

    expect(published(recorded)).toMatchObject({ cause: expect.stringContaining('Its task is stopped.') as unknown });
  });

  it('is announced without its input when that is no valid request', async () => {
    const input = JSON.stringify({ job_name: 'db_backup', job_options: { db_pass: 'hunter2' } });

    const recorded = await watching(ended, execution({ status: 'ABORTED', input }));

    expect(published(recorded)).toMatchObject({ job_name: 'unknown', database: 'none' });
    expect(JSON.stringify(recorded)).not.toContain('hunter2');
  });

  it.each([[[]], [[{ type: 'TaskStateExited' }]]])(
    'is tried again by Lambda while the history does not show the end: %j',
    async (lastEvents) => {
      const how = execution({ status: 'FAILED', error: 'DumpFailed' }, lastEvents);

      await expect(watching(ended, how)).rejects.toThrow('does not show its end yet');
    },
  );
});

describe('the function', () => {
  it('refuses an event that no rule sends', async () => {
    await expect(watching({ 'detail-type': 'EC2 Instance State-change Notification' }, {})).rejects.toThrow(
      'detail-type',
    );
  });

  it('needs to know its cluster, its topic and the families of tasks', () => {
    expect(readConfig({ CLUSTER: 'ops', TOPIC_ARN: 'arn', TASK_FAMILIES: 'a,b' })).toEqual({
      cluster: 'ops',
      topicArn: 'arn',
      taskFamilies: ['a', 'b'],
    });
    expect(() => readConfig({ CLUSTER: '' })).toThrow(/CLUSTER[\s\S]*TOPIC_ARN[\s\S]*TASK_FAMILIES/);
  });
});
