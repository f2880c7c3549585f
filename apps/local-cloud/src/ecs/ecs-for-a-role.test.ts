import { ECSClient, ListTasksCommand, RunTaskCommand, StopTaskCommand } from '@aws-sdk/client-ecs';
import { roleCredentials, SHOW_CREDENTIALS } from '../testing/role-credentials.ts';
import { runCloud, type RunningCloud } from '../testing/running-cloud.ts';
import { workerAssembly } from '../testing/worker-stack.ts';

const inCluster = (name: string) => ({
  ArnEquals: { 'ecs:cluster': `arn:aws:ecs:eu-central-1:111111111111:cluster/${name}` },
});
const statements = [
  { Effect: 'Allow', Action: 'ecs:RunTask', Resource: 'arn:aws:ecs:*:*:task-definition/ops-worker:*' },
  { Effect: 'Allow', Action: 'ecs:ListTasks', Resource: '*', Condition: inCluster('ops') },
  { Effect: 'Allow', Action: 'ecs:StopTask', Resource: '*', Condition: inCluster('other') },
];

describe('ECS for a role', () => {
  let cloud: RunningCloud;
  let ecs: ECSClient;

  beforeAll(async () => {
    cloud = await runCloud(workerAssembly(SHOW_CREDENTIALS, statements));
    ecs = new ECSClient(await roleCredentials(cloud));
  });

  afterAll(async () => {
    ecs.destroy();
    await cloud.stop();
  });

  it('starts no task with roles that the caller may not pass on', async () => {
    await expect(ecs.send(new RunTaskCommand({ cluster: 'ops', taskDefinition: 'ops-worker' }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(
        'is not authorized to perform: iam:PassRole on resource: arn:aws:iam::111111111111:role/task because',
      ) as string,
    });
  });

  it('knows which cluster a right is for', async () => {
    await expect(ecs.send(new ListTasksCommand({ cluster: 'ops' }))).resolves.toBeDefined();
    await expect(ecs.send(new StopTaskCommand({ cluster: 'ops', task: 'abc' }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(
        'ecs:StopTask on resource: arn:aws:ecs:eu-central-1:111111111111:task/ops/abc',
      ) as string,
    });
  });
});
