import { join } from 'node:path';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  type ContainerDefinition,
  DescribeClustersCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  ListTaskDefinitionsCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  type RunTaskCommandInput,
  StopTaskCommand,
  type Task,
} from '@aws-sdk/client-ecs';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { runCloud, type RunningCloud } from '../testing/running-cloud.ts';
import { until } from '../testing/until.ts';
import { workerAssembly } from '../testing/worker-stack.ts';

const sdk = join(import.meta.dirname, '../../../../node_modules/@aws-sdk/client-ssm/dist-cjs/index.js');

/** What the container of these tests does is what its environment tells it to do. */
const SCRIPT = `
const { DO: what, ...environment } = process.env;
process.on('SIGTERM', () => { console.log('told to stop'); process.exit(143); });
if (what === 'environment') console.log(JSON.stringify(environment));
if (what === 'fail') { console.error('about to fail'); process.exitCode = 3; }
if (what === 'wait') { console.log('waiting'); setInterval(() => {}, 1000); }
if (what === 'metadata') console.log(await (await fetch(process.env.ECS_CONTAINER_METADATA_URI_V4 + '/task')).text());
if (what?.startsWith('read ')) {
  const { SSMClient, GetParameterCommand } = (await import(${JSON.stringify(sdk)})).default;
  const read = new SSMClient({}).send(new GetParameterCommand({ Name: what.slice(5) }));
  console.log(await read.then(({ Parameter }) => Parameter.Value, (error) => error.name + ': ' + error.message));
}
`;

let cloud: RunningCloud;
let ecs: ECSClient;
let logs: CloudWatchLogsClient;

beforeAll(async () => {
  const allowed = { Effect: 'Allow', Action: 'ssm:GetParameter', Resource: 'arn:aws:ssm:*:*:parameter/ops/*' };
  cloud = await runCloud(workerAssembly(SCRIPT, [allowed]));
  ecs = new ECSClient(cloud.clientConfig);
  logs = new CloudWatchLogsClient(cloud.clientConfig);
});

afterAll(async () => {
  ecs.destroy();
  logs.destroy();
  await cloud.stop();
});

const request = (what: string, more: Partial<RunTaskCommandInput> = {}): RunTaskCommandInput => ({
  cluster: 'ops',
  taskDefinition: 'ops-worker',
  launchType: 'FARGATE',
  networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-0123456789abcdef0'] } },
  overrides: { containerOverrides: [{ name: 'Worker', environment: [{ name: 'DO', value: what }] }] },
  ...more,
});

const run = async (what: string, more: Partial<RunTaskCommandInput> = {}): Promise<string> => {
  const { tasks } = await ecs.send(new RunTaskCommand(request(what, more)));
  return tasks?.[0]?.taskArn ?? '';
};

const taskIn = (taskArn: string, status: string): Promise<Task> =>
  until(async () => {
    const { tasks } = await ecs.send(new DescribeTasksCommand({ cluster: 'ops', tasks: [taskArn] }));
    return tasks?.find(({ lastStatus }) => lastStatus === status);
  });

const linesOf = async (taskArn: string): Promise<(string | undefined)[]> => {
  const logStreamNamePrefix = `jobs/Worker/${taskArn.split('/').at(-1) ?? ''}`;
  const { events } = await logs.send(new FilterLogEventsCommand({ logGroupName: '/ops/worker', logStreamNamePrefix }));
  return (events ?? []).map(({ message }) => message);
};

describe('a task', () => {
  it('has the environment of image, definition and overrides, what ECS adds, and nothing else', async () => {
    const environment = [
      { name: 'DO', value: 'environment' },
      { name: 'FROM_DEFINITION', value: 'overridden' },
    ];
    const taskArn = await run('', { overrides: { containerOverrides: [{ name: 'Worker', environment }] } });
    await taskIn(taskArn, 'STOPPED');
    const [line = '{}'] = await linesOf(taskArn);
    const id = taskArn.split('/').at(-1) ?? '';
    expect(JSON.parse(line)).toEqual({
      PATH: '',
      FROM_IMAGE: 'image',
      FROM_DEFINITION: 'overridden',
      AWS_EXECUTION_ENV: 'AWS_ECS_FARGATE',
      AWS_REGION: 'eu-central-1',
      AWS_DEFAULT_REGION: 'eu-central-1',
      AWS_ENDPOINT_URL: cloud.endpointUrl,
      ECS_CONTAINER_METADATA_URI_V4: `${cloud.endpointUrl}/v4/${id}`,
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `${cloud.endpointUrl}/credentials/${id}`,
      AWS_CONTAINER_AUTHORIZATION_TOKEN: expect.stringMatching(/^[\w-]{43}$/) as string,
    });
  });

  it('shows how it ended', async () => {
    const taskArn = await run('fail', { startedBy: 'job-1', tags: [{ key: 'team', value: 'ops' }] });
    expect(await taskIn(taskArn, 'STOPPED')).toMatchObject({
      clusterArn: 'arn:aws:ecs:eu-central-1:111111111111:cluster/ops',
      taskDefinitionArn: 'arn:aws:ecs:eu-central-1:111111111111:task-definition/ops-worker:1',
      group: 'family:ops-worker',
      startedBy: 'job-1',
      desiredStatus: 'STOPPED',
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
      containers: [{ name: 'Worker', lastStatus: 'STOPPED', exitCode: 3 }],
      overrides: { containerOverrides: [{ name: 'Worker', environment: [{ name: 'DO', value: 'fail' }] }] },
      stoppedAt: expect.any(Date) as Date,
    });
    expect(await linesOf(taskArn)).toEqual(['about to fail']);
  });

  it('stops on StopTask', async () => {
    const listed = async (desiredStatus: 'RUNNING' | 'STOPPED') =>
      (await ecs.send(new ListTasksCommand({ cluster: 'ops', startedBy: 'job-2', desiredStatus }))).taskArns;
    const taskArn = await run('wait', { startedBy: 'job-2' });
    await until(async () => (await linesOf(taskArn)).includes('waiting'));
    expect(await listed('RUNNING')).toEqual([taskArn]);
    await ecs.send(new StopTaskCommand({ cluster: 'ops', task: taskArn, reason: 'no longer needed' }));
    expect(await taskIn(taskArn, 'STOPPED')).toMatchObject({
      stopCode: 'UserInitiated',
      stoppedReason: 'no longer needed',
      containers: [{ exitCode: 143 }],
    });
    expect(await linesOf(taskArn)).toEqual(['waiting', 'told to stop']);
    expect(await listed('RUNNING')).toEqual([]);
    expect(await listed('STOPPED')).toEqual([taskArn]);
  });

  it('reads what its role may read, and is refused the rest in the words of AWS', async () => {
    const ssm = new SSMClient(cloud.clientConfig);
    await ssm.send(new PutParameterCommand({ Name: '/ops/a', Type: 'String', Value: 'hello' }));
    ssm.destroy();
    const [allowed, refused] = [await run('read /ops/a'), await run('read /other/a')];
    await taskIn(allowed, 'STOPPED');
    await taskIn(refused, 'STOPPED');
    expect(await linesOf(allowed)).toEqual(['hello']);
    const session = refused.split('/').at(-1) ?? '';
    expect(await linesOf(refused)).toEqual([
      `AccessDeniedException: User: arn:aws:sts::111111111111:assumed-role/task/${session} is not authorized to ` +
        'perform: ssm:GetParameter on resource: arn:aws:ssm:eu-central-1:111111111111:parameter/other/a because no ' +
        'identity-based policy allows the ssm:GetParameter action',
    ]);
  });

  it('can ask who it is', async () => {
    const taskArn = await run('metadata');
    await taskIn(taskArn, 'STOPPED');
    const [line = '{}'] = await linesOf(taskArn);
    expect(JSON.parse(line)).toMatchObject({ TaskARN: taskArn, Family: 'ops-worker', Revision: '1' });
  });

  it('keeps its credentials to itself', async () => {
    const taskArn = await run('wait');
    const url = `${cloud.endpointUrl}/credentials/${taskArn.split('/').at(-1) ?? ''}`;
    await taskIn(taskArn, 'RUNNING');
    expect((await fetch(url)).status).toBe(403);
    await ecs.send(new StopTaskCommand({ cluster: 'ops', task: taskArn }));
    await taskIn(taskArn, 'STOPPED');
    expect((await fetch(url)).status).toBe(403);
  });

  it('is started once for one client token', async () => {
    const [first, again] = [await run('', { clientToken: 't-1' }), await run('', { clientToken: 't-1' })];
    expect(again).toBe(first);
    await expect(run('fail', { clientToken: 't-1' })).rejects.toMatchObject({ name: 'ConflictException' });
  });
});

describe('a task that cannot start', () => {
  const trusted = 'arn:aws:iam::111111111111:role/task';
  const container = { name: 'Worker', image: 'nobody/image:1' };
  const logging = {
    logDriver: 'awslogs',
    options: { 'awslogs-group': '/none', 'awslogs-stream-prefix': 'x' },
  } as const;
  const register = (family: string, containerDefinition: ContainerDefinition, executionRoleArn = trusted) =>
    ecs.send(
      new RegisterTaskDefinitionCommand({
        family,
        executionRoleArn,
        networkMode: 'awsvpc',
        requiresCompatibilities: ['FARGATE'],
        containerDefinitions: [containerDefinition],
      }),
    );

  it('because its image is in no assembly, says so', async () => {
    await register('no-image', container);
    const taskArn = await run('', { taskDefinition: 'no-image' });
    const task = await taskIn(taskArn, 'STOPPED');
    expect(task).toMatchObject({
      stopCode: 'TaskFailedToStart',
      stoppedReason: 'CannotPullContainerError: no asset of the loaded assemblies is the image nobody/image:1',
    });
    expect(task.startedAt).toBeUndefined();
    expect(task.containers?.[0]?.exitCode).toBeUndefined();
  });

  it('because its execution role may not write the log, says so', async () => {
    const { taskDefinition } = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'ops-worker' }));
    const image = taskDefinition?.containerDefinitions?.[0]?.image;
    await register('no-log', { ...container, image, logConfiguration: logging });
    const taskArn = await run('', { taskDefinition: 'no-log' });
    expect(await taskIn(taskArn, 'STOPPED')).toMatchObject({
      stopCode: 'TaskFailedToStart',
      stoppedReason: expect.stringMatching(
        /^ResourceInitializationError: User: .* is not authorized to perform: logs:CreateLogStream/,
      ) as string,
    });
  });

  it('because ECS may not use its role, is refused', async () => {
    await register('no-trust', container, 'arn:aws:iam::111111111111:role/nobody');
    await expect(run('', { taskDefinition: 'no-trust' })).rejects.toMatchObject({
      name: 'ClientException',
      message: expect.stringContaining('ECS was unable to assume the role') as string,
    });
  });
});

describe('RunTask', () => {
  const override = (environment: { name: string; value: string }[], name = 'Worker') => ({
    overrides: { containerOverrides: [{ name, environment }] },
  });

  it.each<[string, Partial<RunTaskCommandInput>, string, string]>([
    ['an unknown cluster', { cluster: 'x' }, 'ClusterNotFoundException', 'Cluster not found.'],
    ['an unknown task definition', { taskDefinition: 'x' }, 'ClientException', 'TaskDefinition not found.'],
    ['an unknown revision', { taskDefinition: 'ops-worker:2' }, 'ClientException', 'TaskDefinition not found.'],
    [
      'no network',
      { networkConfiguration: undefined },
      'InvalidParameterException',
      "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
    ],
    [
      'no launch type',
      { launchType: undefined },
      'InvalidParameterException',
      'No Container Instances were found in your cluster.',
    ],
    [
      'an unknown container',
      override([], 'worker'),
      'InvalidParameterException',
      'Override for container named worker is not a container in the TaskDefinition.',
    ],
    [
      'overrides that are too long',
      override([{ name: 'X', value: 'x'.repeat(8192) }]),
      'InvalidParameterException',
      'Container Overrides length must be at most 8192',
    ],
    [
      'a subnet that cannot be',
      { networkConfiguration: { awsvpcConfiguration: { subnets: ['my-subnet'] } } },
      'InvalidParameterException',
      "Error retrieving subnet information for [my-subnet]: The subnet ID 'my-subnet' does not exist",
    ],
  ])('refuses %s', async (_what, more, name, message) => {
    await expect(run('', more)).rejects.toMatchObject({ name, message });
  });
});

describe('ECS', () => {
  it('shows what the template made', async () => {
    const { clusters, failures } = await ecs.send(new DescribeClustersCommand({ clusters: ['ops', 'x'] }));
    expect(clusters).toMatchObject([{ clusterName: 'ops', status: 'ACTIVE' }]);
    expect(failures).toEqual([{ arn: 'arn:aws:ecs:eu-central-1:111111111111:cluster/x', reason: 'MISSING' }]);
    const { taskDefinitionArns } = await ecs.send(new ListTaskDefinitionsCommand({ familyPrefix: 'ops-worker' }));
    expect(taskDefinitionArns).toEqual(['arn:aws:ecs:eu-central-1:111111111111:task-definition/ops-worker:1']);
    const { taskDefinition } = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'ops-worker' }));
    expect(taskDefinition).toMatchObject({
      cpu: '256',
      containerDefinitions: [
        { logConfiguration: { options: { 'awslogs-group': '/ops/worker', 'awslogs-stream-prefix': 'jobs' } } },
      ],
    });
  });

  it('says what is missing', async () => {
    await expect(ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'x' }))).rejects.toMatchObject({
      name: 'ClientException',
      message: 'Unable to describe task definition.',
    });
    const { tasks, failures } = await ecs.send(new DescribeTasksCommand({ cluster: 'ops', tasks: ['abc'] }));
    expect(tasks).toEqual([]);
    expect(failures).toEqual([{ arn: 'arn:aws:ecs:eu-central-1:111111111111:task/ops/abc', reason: 'MISSING' }]);
  });
});
