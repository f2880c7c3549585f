import { join } from 'node:path';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeTasksCommand, ECSClient, RunTaskCommand, type RunTaskCommandInput } from '@aws-sdk/client-ecs';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { AssemblyFixture } from '../testing/assembly-folder.ts';
import { roleCredentials, SHOW_CREDENTIALS } from '../testing/role-credentials.ts';
import { runCloud, type RunningCloud } from '../testing/running-cloud.ts';
import { until } from '../testing/until.ts';
import { workerAssembly } from '../testing/worker-stack.ts';

const sdk = join(import.meta.dirname, '../../../../node_modules/@aws-sdk/client-ssm/dist-cjs/index.js');
const roleArn = (name: string): string => `arn:aws:iam::111111111111:role/${name}`;

/** Tells what it may read; without a `READ` it shows its credentials instead. */
const SCRIPT = `
const { READ } = process.env;
const { SSMClient, GetParameterCommand } = (await import(${JSON.stringify(sdk)})).default;
for (const Name of READ?.split(' ') ?? []) {
  const read = new SSMClient({}).send(new GetParameterCommand({ Name }));
  console.log(await read.then(({ Parameter }) => Parameter.Value, (error) => error.message));
}
if (!READ) { ${SHOW_CREDENTIALS} }
`;

const role = (name: string, service: string, ...statements: object[]) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    RoleName: name,
    AssumeRolePolicyDocument: {
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service } }],
    },
    ...(statements.length > 0 && {
      Policies: [{ PolicyName: 'own', PolicyDocument: { Statement: statements } }],
    }),
  },
});
const mayRead = (path: string) => ({
  Effect: 'Allow',
  Action: 'ssm:GetParameter',
  Resource: `arn:aws:ssm:*:*:parameter${path}`,
});

/** Beside the stack with the worker, whose definition has the role `task`. */
const others: AssemblyFixture = {
  stacks: {
    others: {
      Resources: {
        Other: role('other', 'ecs-tasks.amazonaws.com', mayRead('/other/*')),
        OfLambda: role('of-lambda', 'lambda.amazonaws.com'),
        WithoutLog: role('without-log', 'ecs-tasks.amazonaws.com'),
        Spot: {
          Type: 'AWS::ECS::Cluster',
          Properties: {
            ClusterName: 'spot',
            CapacityProviders: ['FARGATE', 'FARGATE_SPOT'],
            DefaultCapacityProviderStrategy: [{ CapacityProvider: 'FARGATE_SPOT', Weight: 1 }],
          },
        },
      },
    },
  },
};

let cloud: RunningCloud;
let ecs: ECSClient;
/** Has the role of the worker's tasks. */
let caller: ECSClient;

beforeAll(async () => {
  const statements = [
    mayRead('/ops/*'),
    { Effect: 'Allow', Action: 'ecs:RunTask', Resource: '*' },
    { Effect: 'Allow', Action: 'iam:PassRole', Resource: [roleArn('task'), roleArn('worker-ExecutionRole*')] },
  ];
  cloud = await runCloud(workerAssembly(SCRIPT, statements), others);
  ecs = new ECSClient(cloud.clientConfig);
  caller = new ECSClient(await roleCredentials(cloud));
  const ssm = new SSMClient(cloud.clientConfig);
  for (const Name of ['/ops/a', '/other/a']) {
    await ssm.send(new PutParameterCommand({ Name, Type: 'String', Value: `value of ${Name}` }));
  }
  ssm.destroy();
});

afterAll(async () => {
  ecs.destroy();
  caller.destroy();
  await cloud.stop();
});

const request = (overrides: RunTaskCommandInput['overrides'], read = '/ops/a /other/a'): RunTaskCommandInput => ({
  cluster: 'ops',
  taskDefinition: 'ops-worker',
  launchType: 'FARGATE',
  networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-0123456789abcdef0'] } },
  overrides: { containerOverrides: [{ name: 'Worker', environment: [{ name: 'READ', value: read }] }], ...overrides },
});

async function ended(input: RunTaskCommandInput) {
  const { tasks = [] } = await ecs.send(new RunTaskCommand(input));
  const taskArn = tasks[0]?.taskArn ?? '';
  return until(async () => {
    const { tasks } = await ecs.send(new DescribeTasksCommand({ cluster: input.cluster, tasks: [taskArn] }));
    return tasks?.find(({ lastStatus }) => lastStatus === 'STOPPED');
  });
}

async function linesOf(taskArn = ''): Promise<(string | undefined)[]> {
  const logs = new CloudWatchLogsClient(cloud.clientConfig);
  const logStreamNamePrefix = `jobs/Worker/${taskArn.split('/').at(-1) ?? ''}`;
  const { events } = await logs.send(new FilterLogEventsCommand({ logGroupName: '/ops/worker', logStreamNamePrefix }));
  logs.destroy();
  return (events ?? []).map(({ message }) => message);
}

describe('a task under another role than that of its definition', () => {
  it('may do what that role may, and nothing that only the role of its definition may', async () => {
    const { taskArn } = await ended(request({ taskRoleArn: roleArn('other') }));

    expect(await linesOf(taskArn)).toEqual([
      expect.stringMatching(/assumed-role\/other\/.* is not authorized to perform: ssm:GetParameter on .*\/ops\/a/),
      'value of /other/a',
    ]);
  });

  it('leaves a task without overrides under the role of the definition', async () => {
    const { taskArn } = await ended(request({}));

    expect(await linesOf(taskArn)).toEqual([
      'value of /ops/a',
      expect.stringMatching(/assumed-role\/task\/.* is not authorized to perform: ssm:GetParameter on .*\/other\/a/),
    ]);
  });

  it('is refused when ECS may not take that role on', async () => {
    await expect(ecs.send(new RunTaskCommand(request({ taskRoleArn: roleArn('of-lambda') })))).rejects.toMatchObject({
      name: 'ClientException',
      message: expect.stringContaining(`ECS was unable to assume the role '${roleArn('of-lambda')}'`) as string,
    });
  });

  it('is refused when the caller may pass on the role of the definition, but not this one', async () => {
    await expect(caller.send(new RunTaskCommand(request({})))).resolves.toMatchObject({ failures: [] });
    await expect(caller.send(new RunTaskCommand(request({ taskRoleArn: roleArn('other') })))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(`iam:PassRole on resource: ${roleArn('other')}`) as string,
    });
  });

  it('is started as another execution role, when that is given', async () => {
    const task = await ended(request({ executionRoleArn: roleArn('without-log') }));

    expect(task.stoppedReason).toMatch(/assumed-role\/without-log\/.* not authorized to perform: logs:CreateLogStream/);
  });
});

describe('a task of another size and capacity', () => {
  it('shows both', async () => {
    const { launchType: _, ...input } = request({ cpu: '4096', memory: '8192' });

    // The capacity is that of the cluster's default strategy.
    expect(await ended({ ...input, cluster: 'spot' })).toMatchObject({
      cpu: '4096',
      memory: '8192',
      launchType: 'FARGATE',
      capacityProviderName: 'FARGATE_SPOT',
      overrides: { cpu: '4096', memory: '8192' },
    });
  });
});
