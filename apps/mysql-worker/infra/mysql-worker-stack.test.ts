import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createApp,
  onlyResource,
  readableTemplate,
  statementsOfRole,
  type ReadableTemplate,
} from '@serverless-ops/cdk-kit';
import { parseSettings } from '@serverless-ops/settings';
import { MysqlWorkerStack } from './mysql-worker-stack.ts';

// The first synth compiles CDK's template validator, which takes long on a busy machine.
jest.setTimeout(60_000);

const PLACE = '${AWS::Region}:${AWS::AccountId}';
const CLUSTER = `{"ArnEquals":{"ecs:cluster":"arn:\${AWS::Partition}:ecs:${PLACE}:cluster/serverlessops"}}`;
const viaService = (service: string): string =>
  `{"StringEquals":{"kms:ViaService":"${service}.\${AWS::Region}.amazonaws.com"}}`;

const folder = mkdtempSync(join(tmpdir(), 'mysql-worker-stack-'));
const built = { workerBundleFolder: join(folder, 'bundle'), taskWatcherFolder: join(folder, 'task-watcher') };

beforeAll(() => {
  mkdirSync(built.workerBundleFolder);
  mkdirSync(built.taskWatcherFolder);
  writeFileSync(join(built.workerBundleFolder, 'Dockerfile'), 'FROM scratch');
  writeFileSync(join(built.taskWatcherFolder, 'handler.mjs'), 'export const handler = () => {};');
});
afterAll(() => rmSync(folder, { recursive: true }));

function stackOf(settings = ''): ReadableTemplate {
  return readableTemplate(new MysqlWorkerStack(createApp(), parseSettings(settings), built));
}

describe('the rights of', () => {
  let template: ReadableTemplate;
  beforeAll(() => (template = stackOf()));

  it('the worker: read parameters of databases, add backups, write progress, report', () => {
    expect(statementsOfRole(template, 'WorkerTaskRole')).toEqual([
      `Allow dynamodb:PutItem on arn:\${AWS::Partition}:dynamodb:${PLACE}:table/serverlessops-jobs`,
      `Allow kms:Decrypt kms:GenerateDataKey on \${FoundationKeyArn} if ${viaService('s3')}`,
      `Allow kms:Decrypt on \${FoundationKeyArn} if ${viaService('ssm')}`,
      'Allow s3:AbortMultipartUpload s3:PutObject on ' +
        'arn:${AWS::Partition}:s3:::serverlessops-backups-${AWS::AccountId}-${AWS::Region}/backups/*',
      'Allow s3:ListBucket on arn:${AWS::Partition}:s3:::serverlessops-backups-${AWS::AccountId}-${AWS::Region} ' +
        'if {"StringLike":{"s3:prefix":"backups/*"}}',
      `Allow ssm:GetParameter ssm:GetParametersByPath on arn:\${AWS::Partition}:ssm:${PLACE}:parameter/serverlessops/databases/*`,
      'Allow states:SendTaskFailure states:SendTaskHeartbeat states:SendTaskSuccess on ' +
        `arn:\${AWS::Partition}:states:${PLACE}:stateMachine:serverlessops-mysql-worker`,
    ]);
  });

  it('the start of a container: pull this image, write this log', () => {
    expect(statementsOfRole(template, 'WorkerExecutionRole')).toEqual([
      'Allow ecr:BatchCheckLayerAvailability ecr:BatchGetImage ecr:GetDownloadUrlForLayer on ' +
        `arn:\${AWS::Partition}:ecr:${PLACE}:repository/cdk-hnb659fds-container-assets-\${AWS::AccountId}-\${AWS::Region}`,
      'Allow ecr:GetAuthorizationToken on *',
      expect.stringMatching(/^Allow logs:CreateLogStream logs:PutLogEvents on \$\{WorkerLogs\w+\.Arn\}$/),
    ]);
  });

  it('the workflow: run this family in this cluster under these roles, publish, write log and trace', () => {
    expect(statementsOfRole(template, 'WorkerStateMachineRole')).toEqual([
      `Allow ecs:RunTask on arn:\${AWS::Partition}:ecs:${PLACE}:task-definition/serverlessops-mysql-worker:* if ${CLUSTER}`,
      expect.stringMatching(
        /^Allow iam:PassRole on \$\{WorkerExecutionRole\w+\.Arn\} \$\{WorkerTaskRole\w+\.Arn\} if \{"StringEquals":\{"iam:PassedToService":"ecs-tasks\.amazonaws\.com"\}\}$/,
      ),
      `Allow kms:Decrypt kms:GenerateDataKey on \${FoundationKeyArn} if ${viaService('sns')}`,
      'Allow logs:CreateLogDelivery logs:DeleteLogDelivery logs:DescribeLogGroups logs:DescribeResourcePolicies ' +
        'logs:GetLogDelivery logs:ListLogDeliveries logs:PutResourcePolicy logs:UpdateLogDelivery ' +
        'xray:GetSamplingRules xray:GetSamplingTargets xray:PutTelemetryRecords xray:PutTraceSegments on *',
      'Allow sns:Publish on ${FoundationTopicArn}',
    ]);
  });

  it('the watcher: look at and stop containers of the cluster, fail jobs, publish, write its log', () => {
    expect(statementsOfRole(template, 'TaskWatcherRole')).toEqual([
      `Allow ecs:DescribeTasks ecs:StopTask on arn:\${AWS::Partition}:ecs:${PLACE}:task/serverlessops/* if ${CLUSTER}`,
      `Allow ecs:ListTasks on * if ${CLUSTER}`,
      `Allow kms:Decrypt kms:GenerateDataKey on \${FoundationKeyArn} if ${viaService('sns')}`,
      expect.stringMatching(/^Allow logs:CreateLogStream logs:PutLogEvents on \$\{TaskWatcherLogs\w+\.Arn\}$/),
      'Allow sns:Publish on ${FoundationTopicArn}',
      `Allow states:DescribeExecution on arn:\${AWS::Partition}:states:${PLACE}:execution:serverlessops-mysql-worker:*`,
      `Allow states:SendTaskFailure on arn:\${AWS::Partition}:states:${PLACE}:stateMachine:serverlessops-mysql-worker`,
    ]);
  });

  it('nobody: there are no managed policies and no other roles', () => {
    const roles = Object.entries(template.Resources).filter(([, { Type }]) => Type === 'AWS::IAM::Role');

    expect(roles.map(([id]) => id.replace(/[0-9A-F]{8}$/, ''))).toEqual([
      'WorkerTaskRole',
      'WorkerExecutionRole',
      'WorkerStateMachineRole',
      'TaskWatcherRole',
    ]);
    expect(JSON.stringify(roles)).not.toContain('ManagedPolicyArns');
  });
});

describe('the rights of a worker whose databases go elsewhere', () => {
  const databases = (...texts: string[]): string =>
    `parameters: { secrets: ['rds!db-1'], databases: { shop: { ${texts.map((text, i) => `e${i}: { db_host: h, db_user: u${text} }`).join(', ')} } } }`;

  it('reach each bucket and path of the settings once, and the secrets they name', () => {
    const template = stackOf(databases('', ', s3_bucket: vault, s3_path: shop', ', s3_bucket: vault, s3_path: shop'));

    const rights = statementsOfRole(template, 'WorkerTaskRole').filter((line) => /vault|secret/.test(line));

    expect(rights).toEqual([
      'Allow s3:AbortMultipartUpload s3:PutObject on ' +
        'arn:${AWS::Partition}:s3:::serverlessops-backups-${AWS::AccountId}-${AWS::Region}/backups/* ' +
        'arn:${AWS::Partition}:s3:::vault/shop/*',
      'Allow s3:ListBucket on arn:${AWS::Partition}:s3:::vault if {"StringLike":{"s3:prefix":"shop/*"}}',
      `Allow secretsmanager:GetSecretValue on arn:\${AWS::Partition}:secretsmanager:${PLACE}:secret:rds!db-1-??????`,
      `Allow ssm:GetParameter on arn:\${AWS::Partition}:ssm:${PLACE}:parameter/aws/reference/secretsmanager/rds!db-1`,
    ]);
  });
});

describe('the container', () => {
  it('runs on arm64 Fargate with a file system it cannot change, no capabilities, and time to clean up', () => {
    expect(onlyResource(stackOf(), 'AWS::ECS::TaskDefinition')).toEqual({
      Family: 'serverlessops-mysql-worker',
      Cpu: '1024',
      Memory: '2048',
      NetworkMode: 'awsvpc',
      RequiresCompatibilities: ['FARGATE'],
      RuntimePlatform: { CpuArchitecture: 'ARM64', OperatingSystemFamily: 'LINUX' },
      TaskRoleArn: expect.stringMatching(/^\$\{WorkerTaskRole\w+\.Arn\}$/) as unknown,
      ExecutionRoleArn: expect.stringMatching(/^\$\{WorkerExecutionRole\w+\.Arn\}$/) as unknown,
      Volumes: [{ Name: 'tmp' }],
      ContainerDefinitions: [
        {
          Name: 'MysqlWorkerContainer',
          Essential: true,
          Image: expect.stringContaining('cdk-hnb659fds-container-assets') as unknown,
          Environment: [
            { Name: 'PARAMETER_PREFIX', Value: '/serverlessops' },
            { Name: 'JOBS_TABLE', Value: 'serverlessops-jobs' },
            { Name: 'DATABASE_TLS', Value: 'verify' },
          ],
          LinuxParameters: { Capabilities: { Drop: ['ALL'] }, InitProcessEnabled: true },
          LogConfiguration: {
            LogDriver: 'awslogs',
            Options: {
              'awslogs-group': expect.stringMatching(/^\$\{WorkerLogs\w+\}$/) as unknown,
              'awslogs-region': '${AWS::Region}',
              'awslogs-stream-prefix': 'worker',
              mode: 'blocking',
            },
          },
          MountPoints: [{ ContainerPath: '/tmp', ReadOnly: false, SourceVolume: 'tmp' }],
          ReadonlyRootFilesystem: true,
          StopTimeout: 120,
        },
      ],
    });
  });

  it('may connect to AWS and to the ports of the databases, and nobody may connect to it', () => {
    const template = stackOf('parameters: { databases: { a: { b: { db_host: h, db_user: u, db_port: 3307 } } } }');

    const { SecurityGroupEgress, ...rest } = onlyResource(template, 'AWS::EC2::SecurityGroup');

    expect(rest).toEqual({ GroupDescription: expect.any(String) as unknown, VpcId: '${FoundationVpcId}' });
    expect(
      (SecurityGroupEgress as { FromPort: number; ToPort: number }[]).map((rule) => [rule.FromPort, rule.ToPort]),
    ).toEqual([
      [443, 443],
      [3306, 3306],
      [3307, 3307],
    ]);
  });
});

describe('the watcher', () => {
  it('is woken by stopped containers of this family, and by executions that did not succeed', () => {
    const template = stackOf();

    expect(onlyResource(template, 'AWS::Events::Rule', 'WorkerStopped')).toMatchObject({
      EventPattern: {
        source: ['aws.ecs'],
        'detail-type': ['ECS Task State Change'],
        detail: {
          clusterArn: [`arn:\${AWS::Partition}:ecs:${PLACE}:cluster/serverlessops`],
          group: ['family:serverlessops-mysql-worker'],
          lastStatus: ['STOPPED'],
        },
      },
    });
    expect(onlyResource(template, 'AWS::Events::Rule', 'JobEndedBadly')).toMatchObject({
      EventPattern: {
        source: ['aws.states'],
        'detail-type': ['Step Functions Execution Status Change'],
        detail: {
          stateMachineArn: [`arn:\${AWS::Partition}:states:${PLACE}:stateMachine:serverlessops-mysql-worker`],
          status: ['FAILED', 'TIMED_OUT', 'ABORTED'],
        },
      },
    });
  });
});

describe('the outputs', () => {
  it('hold everything that running a job by hand needs, and none is an export', () => {
    const outputs = stackOf().Outputs;

    expect(Object.keys(outputs)).toEqual([
      'ClusterName',
      'TaskDefinitionFamily',
      'SubnetIds',
      'SecurityGroupId',
      'TaskRoleArn',
      'BackupBucketName',
      'StateMachineArn',
      'LogGroupName',
      'RunTaskCommand',
    ]);
    expect(JSON.stringify(outputs)).not.toContain('Export');
  });

  it.each([
    ['a public address in the VPC that was created', '', 'ENABLED'],
    [
      'none in a private subnet that was given',
      'global: { target_vpc: { id: vpc-01234567, subnets: [subnet-01234567] } }',
      'DISABLED',
    ],
    [
      'one in a public subnet that was given',
      'global: { target_vpc: { id: vpc-01234567, subnets: [subnet-01234567], assign_public_ip: true } }',
      'ENABLED',
    ],
  ])('hold a command to paste, with %s', (_, settings, assignPublicIp) => {
    expect(stackOf(settings).Outputs['RunTaskCommand']?.Value).toBe(
      'aws ecs run-task --cluster serverlessops --task-definition serverlessops-mysql-worker --launch-type FARGATE --count 1 ' +
        "--network-configuration 'awsvpcConfiguration={subnets=[${FoundationSubnetIds}]," +
        `securityGroups=[\${WorkerSecurityGroup.GroupId}],assignPublicIp=${assignPublicIp}}' ` +
        `--overrides '{"containerOverrides":[{"name":"MysqlWorkerContainer","environment":[` +
        '{"name":"TASK_TOKEN_ENV_VARIABLE","value":"localtest"},{"name":"JOB_NAME","value":"db_backup"},' +
        `{"name":"DB_NAME","value":"classicmodels"},{"name":"DB_ENV","value":"demo"}]}]}'`,
    );
  });
});
