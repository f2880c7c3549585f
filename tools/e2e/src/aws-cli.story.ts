import { aws, awsJson, isVersion2 } from './aws-cli.ts';
import { DATABASE, DATABASE_PATH, INSTALLATION, Stage, until } from './stage.ts';

const REQUEST = JSON.stringify({ job_name: 'db_backup', job_options: DATABASE });

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});

afterAll(() => stage.close());

/** `aws ecs run-task` as the stack's output has it, with these variables for the container. */
async function runTask(variables: Record<string, string>): Promise<string> {
  const environment = Object.entries(variables).map(([name, value]) => ({ name, value }));
  const network = `awsvpcConfiguration={subnets=[${stage.output('SubnetIds')}],securityGroups=[${stage.output('SecurityGroupId')}],assignPublicIp=DISABLED}`;
  const { tasks } = await awsJson<{ tasks: { taskArn: string; lastStatus: string }[] }>(
    stage.cloud,
    ...['ecs', 'run-task', '--cluster', stage.output('ClusterName'), '--launch-type', 'FARGATE', '--count', '1'],
    ...['--task-definition', stage.output('BackupFamily'), '--network-configuration', network],
    ...['--overrides', JSON.stringify({ containerOverrides: [{ name: 'MysqlWorkerContainer', environment }] })],
  );
  expect(tasks).toHaveLength(1);
  return tasks[0]?.taskArn ?? '';
}

interface DescribedTask {
  lastStatus: string;
  stopCode?: string;
  containers: { name: string; exitCode?: number }[];
}

async function stopped(taskArn: string): Promise<DescribedTask> {
  return until(`task ${taskArn} stops`, async () => {
    const { tasks } = await awsJson<{ tasks: DescribedTask[] }>(
      stage.cloud,
      ...['ecs', 'describe-tasks', '--cluster', stage.output('ClusterName'), '--tasks', taskArn],
    );
    return tasks.find(({ lastStatus }) => lastStatus === 'STOPPED');
  });
}

const asOutputSays = { TASK_TOKEN_ENV_VARIABLE: 'localtest', JOB_NAME: 'db_backup', DB_NAME: 'classicmodels' };

describe('the stock AWS CLI', () => {
  it('reads the parameters of a database by their path, the password only when asked to decrypt', async () => {
    interface Answer {
      Parameters: { Name: string; Type: string; Value: string }[];
    }
    const { Parameters: parameters } = await awsJson<Answer>(
      stage.cloud,
      'ssm',
      'get-parameters-by-path',
      '--path',
      DATABASE_PATH,
    );
    expect(parameters.map(({ Name, Type }) => [Name.split('/').at(-1), Type]).sort()).toEqual([
      ['db_host', 'String'],
      ['db_name', 'String'],
      ['db_pass', 'SecureString'],
      ['db_port', 'String'],
      ['db_user', 'String'],
      ['s3_bucket', 'String'],
      ['s3_path', 'String'],
    ]);
    expect(parameters.find(({ Type }) => Type === 'SecureString')?.Value).not.toBe(stage.backupPassword);
  });

  it('runs a task that looks its settings up in Parameter Store', async () => {
    const before = await stage.objects();
    const task = await stopped(await runTask({ ...asOutputSays, DB_ENV: 'demo' }));
    expect(task).toMatchObject({
      stopCode: 'EssentialContainerExited',
      containers: [{ name: 'MysqlWorkerContainer', exitCode: 0 }],
    });
    expect((await stage.objects()).length).toBe(before.length + 4);
  });

  it('runs a task that is given every setting in its environment', async () => {
    const task = await stopped(
      await runTask({
        ...asOutputSays,
        DB_HOST: stage.server.host,
        DB_PORT: String(stage.server.port),
        DB_USER: 'backup',
        DB_PASS: stage.backupPassword,
        S3_BUCKET: stage.bucket,
        S3_PATH: INSTALLATION.backupsPath,
      }),
    );
    expect(task.containers[0]?.exitCode).toBe(0);
    const direct = INSTALLATION.backupFolder(DATABASE.db_name, 'direct');
    const listing = await aws(stage.cloud, 's3', 'ls', '--recursive', `s3://${stage.bucket}/${direct}/`);
    const keys = listing.match(/\S+$/gm) ?? [];
    expect(keys.map((key) => key.replace(/\/[^/]+(?=\/[^/]+$)/, '/BACKUP_ID'))).toEqual([
      ...['1-tables', '2-rows-00001', '3-objects'].map((name) => `${direct}/BACKUP_ID/${name}.sql.zst`),
      `${direct}/BACKUP_ID/manifest.json`,
    ]);
  });

  it('runs a dry run that touches neither MySQL nor S3', async () => {
    const before = await stage.objects();
    const task = await stopped(await runTask({ ...asOutputSays, DB_HOST: 'dummy-dryrun' }));
    expect(task.containers[0]?.exitCode).toBe(0);
    expect(await stage.objects()).toEqual(before);
  });

  it('starts an execution, describes it, and reads its history and its log', async () => {
    const { executionArn } = await awsJson<{ executionArn: string }>(
      stage.cloud,
      ...[
        'stepfunctions',
        'start-execution',
        '--name',
        'from-the-cli',
        '--state-machine-arn',
        stage.output('StateMachineArn'),
      ],
      ...['--input', REQUEST],
    );
    const described = await until('the execution ends', async () => {
      const execution = await awsJson<{ status: string; output?: string }>(
        stage.cloud,
        ...['stepfunctions', 'describe-execution', '--execution-arn', executionArn],
      );
      return execution.status === 'RUNNING' ? undefined : execution;
    });
    expect(described.status).toBe('SUCCEEDED');
    expect(JSON.parse(described.output ?? '')).toMatchObject({
      status: 'job complete',
      tables: expect.any(Number) as number,
    });

    interface History {
      events: { type: string }[];
    }
    const { events } = await awsJson<History>(
      stage.cloud,
      ...['stepfunctions', 'get-execution-history', '--execution-arn', executionArn],
    );
    const types = events.map(({ type }) => type);
    expect([types[0], types.at(-1)]).toEqual(['ExecutionStarted', 'ExecutionSucceeded']);
    expect(types).toEqual(expect.arrayContaining(['TaskScheduled', 'TaskSubmitted', 'TaskSucceeded']));

    if (await isVersion2(stage.cloud)) {
      const tailed = await aws(stage.cloud, 'logs', 'tail', stage.output('LogGroupName'), '--since', '1h');
      expect(tailed).toMatch(/"job_id":"from-the-cli".*"msg":"job complete"/);
    }
    const { events: filtered } = await awsJson<{ events: { message: string }[] }>(
      stage.cloud,
      ...['logs', 'filter-log-events', '--log-group-name', stage.output('LogGroupName')],
      ...['--filter-pattern', '{ $.job_id = "from-the-cli" }'],
    );
    expect(filtered.length).toBeGreaterThan(1);
    expect(filtered.every(({ message }) => message.includes('from-the-cli'))).toBe(true);
  });

  it('walks the whole flow in a dry run that Parameter Store orders', async () => {
    await stage.fileDatabase({ db_host: 'dummy-dryrun' });
    const before = await stage.objects();
    const id = await stage.orderBackup();
    const ended = await stage.api.waitFor(id, () => undefined);
    expect([ended.state, ended.result?.consistency]).toEqual(['SUCCEEDED', 'dry-run']);
    expect(await stage.objects()).toEqual(before);
  });
});
