import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ECSClient, type Task } from '@aws-sdk/client-ecs';
import { SFNClient, type DescribeExecutionOutput } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { readConfig } from './config.ts';
import type { TaskWatcherClients } from './task-watcher-clients.ts';
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

const config = { cluster: 'ops', topicArn: 'arn:aws:sns:eu-west-1:111122223333:ops' };
const TASK_ARN = 'arn:aws:ecs:eu-west-1:111122223333:task/ops/0a1b';
const stopped = { 'detail-type': 'ECS Task State Change', detail: { taskArn: TASK_ARN, lastStatus: 'STOPPED' } };

let running: { server: Server; aws: TaskWatcherClients } | undefined;

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
    ['was started to report to nobody', task({}, 'localtest')],
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
      'The container was stopped from outside: stopped by ann. If nobody meant to, order the job again. (Task 0a1b.)',
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

function execution(how: Partial<DescribeExecutionOutput>): Answers {
  return { DescribeExecution: () => ({ input: INPUT, ...how }) };
}

function published(recorded: Awaited<ReturnType<typeof watching>>): unknown {
  const message = recorded.find(([action]) => action === 'Publish')?.[1]['Message'];
  return typeof message === 'string' ? JSON.parse(message) : undefined;
}

describe('an execution that did not succeed', () => {
  it('has every container stopped that it left running', async () => {
    const recorded = await watching(ended, {
      ...execution({ status: 'FAILED', error: 'WorkerLost' }),
      ListTasks: ({ nextToken }) =>
        nextToken === undefined ? { taskArns: ['task-1'], nextToken: 'more' } : { taskArns: ['task-2'] },
    });

    expect(recorded).toEqual([
      ['ListTasks', { cluster: 'ops', startedBy: 'job-1' }],
      ['StopTask', { cluster: 'ops', task: 'task-1', reason: 'Job job-1 is over' }],
      ['ListTasks', { cluster: 'ops', startedBy: 'job-1', nextToken: 'more' }],
      ['StopTask', { cluster: 'ops', task: 'task-2', reason: 'Job job-1 is over' }],
      ['DescribeExecution', { executionArn: EXECUTION_ARN }],
    ]);
  });

  it.each(['DumpFailed', 'WorkerLost', 'ECS.AmazonECSException'])(
    'is not announced again when its own states have done so (%s)',
    async (error) => {
      const recorded = await watching(ended, execution({ status: 'FAILED', error, cause: 'told already' }));

      expect(published(recorded)).toBeUndefined();
    },
  );

  it.each([
    [
      'was stopped by hand',
      { status: 'ABORTED' },
      {
        error: 'Stopped',
        cause: 'The execution was stopped from outside, and its container with it. Nothing of the job counts.',
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
          'The execution, with all its attempts, took longer than it may. Its container is stopped. Read the log of the job.',
      },
    ],
    [
      'failed in a way no state can catch',
      { status: 'FAILED', error: 'States.DataLimitExceeded', cause: 'The output is too large.' },
      {
        error: 'States.DataLimitExceeded',
        cause: 'The output is too large. Report it with the input of this execution.',
      },
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

  it('is announced without its input when that is no valid request', async () => {
    const input = JSON.stringify({ job_name: 'db_backup', job_options: { db_pass: 'hunter2' } });

    const recorded = await watching(ended, execution({ status: 'ABORTED', input }));

    expect(published(recorded)).toMatchObject({ job_name: 'unknown', database: 'none' });
    expect(JSON.stringify(recorded)).not.toContain('hunter2');
  });
});

describe('the function', () => {
  it('refuses an event that no rule sends', async () => {
    await expect(watching({ 'detail-type': 'EC2 Instance State-change Notification' }, {})).rejects.toThrow(
      'detail-type',
    );
  });

  it('needs to know its cluster and its topic', () => {
    expect(readConfig({ CLUSTER: 'ops', TOPIC_ARN: 'arn' })).toEqual({ cluster: 'ops', topicArn: 'arn' });
    expect(() => readConfig({ CLUSTER: '' })).toThrow(/CLUSTER[\s\S]*TOPIC_ARN/);
  });
});
