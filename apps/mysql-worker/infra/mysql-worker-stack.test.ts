import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createApp,
  onlyResource,
  readableTemplate,
  statementsOfRole,
  type ReadableTemplate,
} from '@serverless-ops/cdk-kit';
import { JOB_KINDS, pascalCase, WORKER_JOB_NAMES, WORKER_JOB_SIZES } from '@serverless-ops/job-schemas';
import { parseSettings } from '@serverless-ops/settings';
import { AssetManifestArtifact } from 'aws-cdk-lib/cx-api';
import { MysqlWorkerStack } from './mysql-worker-stack.ts';

// The first synth compiles CDK's template validator, which takes long on a busy machine.
jest.setTimeout(60_000);

const PLACE = '${AWS::Region}:${AWS::AccountId}';
const CLUSTER = `{"ArnEquals":{"ecs:cluster":"arn:\${AWS::Partition}:ecs:${PLACE}:cluster/serverlessops"}}`;
const viaService = (service: string): string =>
  `{"StringEquals":{"kms:ViaService":"${service}.\${AWS::Region}.amazonaws.com"}}`;

const folder = mkdtempSync(join(tmpdir(), 'mysql-worker-stack-'));
const built = { workerBundleFolder: folder };

beforeAll(() => writeFileSync(join(built.workerBundleFolder, 'Dockerfile'), 'FROM scratch'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What tells the image of one revision from that of another: the tag that it is pushed under. */
function hashOfImage(revision: string): unknown {
  const settings = `tasks: { fargate: { mysql_worker: { image_revision: '${revision}' } } }`;
  const definition = onlyResource(stackOf(settings), 'AWS::ECS::TaskDefinition', 'BackupTaskDefinition');
  return (definition['ContainerDefinitions'] as { Image: unknown }[])[0]?.Image;
}

/** How the image of every container is built. */
function imageOf(settings: string): object {
  const app = createApp();
  const stack = new MysqlWorkerStack(app, parseSettings(settings), built);
  const { dependencies } = app.synth().getStackArtifact(stack.artifactId);
  const assets = dependencies.filter((artifact) => AssetManifestArtifact.isAssetManifestArtifact(artifact));
  const [image] = assets.flatMap(({ contents }) => Object.values(contents.dockerImages ?? {}));
  if (image === undefined) throw new Error('The stack has no image');
  return image.source;
}

function stackOf(settings = ''): ReadableTemplate {
  return readableTemplate(
    new MysqlWorkerStack(createApp(), parseSettings(settings, { workerJobs: WORKER_JOB_SIZES }), built),
  );
}

/** What every job may do, whatever it is there for. */
const ANY_JOB = {
  progress:
    `Allow dynamodb:UpdateItem on arn:\${AWS::Partition}:dynamodb:${PLACE}:table/serverlessops-jobs if ` +
    '{"ForAllValues:StringEquals":{"dynamodb:Attributes":["job_id","progress","expires_at"]},' +
    '"StringEqualsIfExists":{"dynamodb:ReturnValues":["NONE","UPDATED_OLD","UPDATED_NEW"]}}',
  decryptParameters: `Allow kms:Decrypt on \${FoundationKeyArn} if ${viaService('ssm')}`,
  readParameters: `Allow ssm:GetParameter ssm:GetParametersByPath on arn:\${AWS::Partition}:ssm:${PLACE}:parameter/serverlessops/databases/*`,
  readOrder: `Allow states:DescribeExecution on arn:\${AWS::Partition}:states:${PLACE}:execution:serverlessops-mysql-worker:*`,
  report:
    'Allow states:SendTaskFailure states:SendTaskHeartbeat states:SendTaskSuccess on ' +
    `arn:\${AWS::Partition}:states:${PLACE}:stateMachine:serverlessops-mysql-worker`,
};
const BUCKET = 'arn:${AWS::Partition}:s3:::serverlessops-backups-${AWS::AccountId}-${AWS::Region}';
const listFolder = `Allow s3:ListBucket on ${BUCKET} if {"StringLike":{"s3:prefix":"backups/*"}}`;

describe('the rights of', () => {
  let template: ReadableTemplate;
  beforeAll(() => (template = stackOf()));

  it('a backup: what every job may, and add backups, of which it can read and delete none', () => {
    expect(statementsOfRole(template, 'BackupRole')).toEqual([
      ANY_JOB.progress,
      `Allow kms:Decrypt kms:GenerateDataKey on \${FoundationKeyArn} if ${viaService('s3')}`,
      ANY_JOB.decryptParameters,
      `Allow s3:AbortMultipartUpload s3:PutObject on ${BUCKET}/backups/*`,
      listFolder,
      ANY_JOB.readParameters,
      ANY_JOB.readOrder,
      ANY_JOB.report,
    ]);
  });

  it('a restore: what every job may, and read backups, of which it can change none', () => {
    expect(statementsOfRole(template, 'RestoreRole')).toEqual([
      ANY_JOB.progress,
      `Allow kms:Decrypt on \${FoundationKeyArn} if ${viaService('s3')}`,
      ANY_JOB.decryptParameters,
      `Allow s3:GetObject on ${BUCKET}/backups/*`,
      listFolder,
      ANY_JOB.readParameters,
      ANY_JOB.readOrder,
      ANY_JOB.report,
    ]);
  });

  it('a verification: what every job may, read backups, and store how a drill ended', () => {
    expect(statementsOfRole(template, 'VerifyRole')).toEqual([
      ANY_JOB.progress,
      `Allow kms:Decrypt kms:GenerateDataKey on \${FoundationKeyArn} if ${viaService('s3')}`,
      ANY_JOB.decryptParameters,
      `Allow s3:GetObject on ${BUCKET}/backups/*`,
      listFolder,
      `Allow s3:PutObject on ${BUCKET}/backups/*/drill.json`,
      ANY_JOB.readParameters,
      ANY_JOB.readOrder,
      ANY_JOB.report,
    ]);
  });

  it('a prune: what every job may, delete backups, read only their manifests, and see which jobs run', () => {
    expect(statementsOfRole(template, 'PruneRole')).toEqual([
      ANY_JOB.progress,
      `Allow kms:Decrypt on \${FoundationKeyArn} if ${viaService('s3')}`,
      ANY_JOB.decryptParameters,
      `Allow s3:DeleteObject on ${BUCKET}/backups/*`,
      `Allow s3:GetBucketVersioning on ${BUCKET}`,
      `Allow s3:GetObject on ${BUCKET}/backups/*/manifest.json`,
      listFolder,
      ANY_JOB.readParameters,
      ANY_JOB.readOrder,
      ANY_JOB.report.replace('Allow ', 'Allow states:ListExecutions '),
    ]);
  });

  it('a script: what every job may, and nothing in S3', () => {
    expect(statementsOfRole(template, 'ScriptRole')).toEqual([
      ANY_JOB.progress,
      ANY_JOB.decryptParameters,
      ANY_JOB.readParameters,
      ANY_JOB.readOrder,
      ANY_JOB.report,
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

  it('the workflow: run the families of its jobs in this cluster, publish, write log and trace', () => {
    const family = (purpose: string): string =>
      `arn:\${AWS::Partition}:ecs:${PLACE}:task-definition/serverlessops-mysql-worker-${purpose}:*`;

    const purposes = [...new Set(WORKER_JOB_NAMES.map((job) => JOB_KINDS[job].purpose))].sort();
    const roles = [...purposes.map((purpose) => `${pascalCase(purpose)}Role`), 'WorkerExecutionRole'];
    const arns = roles.map((role) => `\\$\\{${role}\\w+\\.Arn\\}`);

    expect(statementsOfRole(template, 'WorkerStateMachineRole')).toEqual([
      `Allow ecs:RunTask on ${purposes.map(family).join(' ')} if ${CLUSTER}`,
      expect.stringMatching(
        new RegExp(
          `^Allow iam:PassRole on ${arns.join(' ')} if \\{"StringEquals":\\{"iam:PassedToService":"ecs-tasks\\.amazonaws\\.com"\\}\\}$`,
        ),
      ),
      `Allow kms:Decrypt kms:GenerateDataKey on \${FoundationKeyArn} if ${viaService('sns')}`,
      'Allow logs:CreateLogDelivery logs:DeleteLogDelivery logs:DescribeLogGroups logs:DescribeResourcePolicies ' +
        'logs:GetLogDelivery logs:ListLogDeliveries logs:PutResourcePolicy logs:UpdateLogDelivery ' +
        'xray:GetSamplingRules xray:GetSamplingTargets xray:PutTelemetryRecords xray:PutTraceSegments on *',
      'Allow sns:Publish on ${FoundationTopicArn}',
    ]);
  });

  it('nobody: there are no managed policies and no other roles', () => {
    const roles = Object.entries(template.Resources).filter(([, { Type }]) => Type === 'AWS::IAM::Role');

    expect(roles.map(([id]) => id.replace(/[0-9A-F]{8}$/, ''))).toEqual([
      'BackupRole',
      'RestoreRole',
      'VerifyRole',
      'PruneRole',
      'ScriptRole',
      'WorkerExecutionRole',
      'WorkerStateMachineRole',
    ]);
    expect(JSON.stringify(roles)).not.toContain('ManagedPolicyArns');
  });
});

describe('the rights of a job that the settings leave few databases to', () => {
  it('are to read the parameters of these, while others read every one', () => {
    const template = stackOf(
      'tasks: { fargate: { mysql_worker: { jobs: { run_script: { databases: [shop/prod, shop/test] } } } } }',
    );
    const read = (role: string): string[] =>
      statementsOfRole(template, role).filter((line) => line.startsWith('Allow ssm:'));
    const parameters = `arn:\${AWS::Partition}:ssm:${PLACE}:parameter/serverlessops/databases`;

    expect(read('ScriptRole')).toEqual([
      'Allow ssm:GetParameter ssm:GetParametersByPath on ' +
        `${parameters}/shop/prod ${parameters}/shop/prod/* ${parameters}/shop/test ${parameters}/shop/test/*`,
    ]);
    expect(read('BackupRole')).toEqual([ANY_JOB.readParameters]);
  });
});

describe('the rights of a worker whose databases go elsewhere', () => {
  const databases = (...texts: string[]): string =>
    `parameters: { secrets: ['rds!db-1'], databases: { shop: { ${texts.map((text, i) => `e${i}: { db_host: h, db_user: u${text} }`).join(', ')} } } }`;

  const keysOf = (bucket: string, path: string, actions: string): string =>
    `Allow ${actions} on arn:\${AWS::Partition}:kms:${PLACE}:key/* if ` +
    '{"StringEquals":{"kms:ViaService":"s3.${AWS::Region}.amazonaws.com"},"StringLike":{"kms:EncryptionContext:aws:s3:arn":' +
    `["arn:\${AWS::Partition}:s3:::${bucket}","arn:\${AWS::Partition}:s3:::${bucket}/${path}/*"]}}`;

  it('are for a bucket that is there already, with whatever key it has, when the settings name one', () => {
    const template = stackOf('backups: { bucket: vault, path: dumps }');
    const rightsOf = (role: string): string[] => statementsOfRole(template, role).filter((line) => line.includes('s3'));
    const list = 'Allow s3:ListBucket on arn:${AWS::Partition}:s3:::vault if {"StringLike":{"s3:prefix":"dumps/*"}}';

    expect(rightsOf('BackupRole')).toEqual([
      keysOf('vault', 'dumps', 'kms:Decrypt kms:GenerateDataKey'),
      'Allow s3:AbortMultipartUpload s3:PutObject on arn:${AWS::Partition}:s3:::vault/dumps/*',
      list,
    ]);
    expect(rightsOf('RestoreRole')).toEqual([
      keysOf('vault', 'dumps', 'kms:Decrypt'),
      'Allow s3:GetObject on arn:${AWS::Partition}:s3:::vault/dumps/*',
      list,
    ]);
  });

  it('reach each bucket and path of the settings once, and the secrets they name', () => {
    const template = stackOf(databases('', ', s3_bucket: vault, s3_path: shop', ', s3_bucket: vault, s3_path: shop'));

    const rights = statementsOfRole(template, 'BackupRole').filter((line) => /vault|secret|FoundationKey/.test(line));

    expect(rights).toEqual([
      `Allow kms:Decrypt kms:GenerateDataKey on \${FoundationKeyArn} if ${viaService('s3')}`,
      keysOf('vault', 'shop', 'kms:Decrypt kms:GenerateDataKey'),
      ANY_JOB.decryptParameters,
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
    expect(onlyResource(stackOf(), 'AWS::ECS::TaskDefinition', 'BackupTaskDefinition')).toEqual({
      Family: 'serverlessops-mysql-worker-backup',
      Cpu: '1024',
      Memory: '2048',
      NetworkMode: 'awsvpc',
      RequiresCompatibilities: ['FARGATE'],
      RuntimePlatform: { CpuArchitecture: 'ARM64', OperatingSystemFamily: 'LINUX' },
      TaskRoleArn: expect.stringMatching(/^\$\{BackupRole\w+\.Arn\}$/) as unknown,
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

  it.each([
    ['Backup', 'serverlessops-mysql-worker-backup'],
    ['Restore', 'serverlessops-mysql-worker-restore'],
    ['Script', 'serverlessops-mysql-worker-script'],
  ])('has for the purpose %s a family of its own, with its role and the one image', (purpose, family) => {
    const template = stackOf();
    const imageOfPurpose = (id: string): unknown => {
      const { ContainerDefinitions } = onlyResource(template, 'AWS::ECS::TaskDefinition', `${id}TaskDefinition`);
      return (ContainerDefinitions as { Image: unknown }[])[0]?.Image;
    };

    expect(onlyResource(template, 'AWS::ECS::TaskDefinition', `${purpose}TaskDefinition`)).toMatchObject({
      Family: family,
      TaskRoleArn: expect.stringMatching(new RegExp(`^\\$\\{${purpose}Role\\w+\\.Arn\\}$`)) as unknown,
    });
    expect(imageOfPurpose(purpose)).toEqual(imageOfPurpose('Backup'));
  });

  const DROPPED =
    'AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID MKNOD NET_BIND_SERVICE NET_RAW SETFCAP SETPCAP SYS_CHROOT';

  it('of scripts is root with the three capabilities that it takes to run a script as another user', () => {
    const { ContainerDefinitions } = onlyResource(stackOf(), 'AWS::ECS::TaskDefinition', 'ScriptTaskDefinition');

    expect(ContainerDefinitions).toMatchObject([
      {
        User: '0:0',
        ReadonlyRootFilesystem: true,
        LinuxParameters: {
          InitProcessEnabled: true,
          Capabilities: { Drop: DROPPED.split(' ') },
        },
      },
    ]);
    expect(JSON.stringify(ContainerDefinitions)).not.toContain('"Add"');
  });

  it.each([
    ['ARM64', 'linux/arm64', ''],
    ['ARM64', 'linux/arm64', 'cpu_architecture: arm64'],
    ['X86_64', 'linux/amd64', 'cpu_architecture: x86_64'],
  ])('is one for %s with an image for %s, by "%s"', (expected, platform, keys) => {
    const settings = `tasks: { fargate: { mysql_worker: { ${keys} } } }`;

    expect(onlyResource(stackOf(settings), 'AWS::ECS::TaskDefinition', 'BackupTaskDefinition')).toMatchObject({
      RuntimePlatform: { CpuArchitecture: expected },
    });
    expect(imageOf(settings)).toMatchObject({ platform });
  });

  it('is built on the base of the settings, or else on that of its Dockerfile', () => {
    const image = 'registry.example/node:24.21.0-bookworm-slim';

    expect(imageOf(`tasks: { fargate: { mysql_worker: { base_image: '${image}' } } }`)).toMatchObject({
      dockerBuildArgs: { BASE_IMAGE: image },
    });
    expect(imageOf('')).not.toHaveProperty('dockerBuildArgs');
  });

  it('is another image with another revision, although nothing of its context changed', () => {
    const revision = (of: string): object =>
      imageOf(`tasks: { fargate: { mysql_worker: { image_revision: '${of}' } } }`);

    expect(revision('2026-11-25')).toMatchObject({ dockerBuildArgs: { IMAGE_REVISION: '2026-11-25' } });
    expect(hashOfImage('2026-11-25')).not.toBe(hashOfImage('2026-12-24'));
  });

  it('may connect to AWS and to the ports of the databases, and nothing may connect to it', () => {
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

describe('the workflow', () => {
  interface RunTaskState {
    TimeoutSeconds?: number;
    Parameters?: { TaskDefinition?: string; Overrides?: Record<string, string> };
  }
  const definitionOf = (settings: string): string =>
    String(onlyResource(stackOf(settings), 'AWS::StepFunctions::StateMachine')['DefinitionString']);
  const jobsOf = (definition: string): Record<string, unknown> => {
    const { States } = JSON.parse(definition) as { States: Record<string, RunTaskState> };
    return Object.fromEntries(
      Object.entries(States).flatMap(([name, { TimeoutSeconds, Parameters }]) => {
        const { TaskDefinition, Overrides } = Parameters ?? {};
        if (Overrides === undefined) return [];
        return [[name, [TaskDefinition?.replace(/.*-/, ''), Overrides['Cpu'], Overrides['Memory'], TimeoutSeconds]]];
      }),
    );
  };

  it('runs each job in the family of its purpose', () => {
    expect(jobsOf(definitionOf(''))).toMatchObject({
      db_backup: ['backup', undefined, undefined, 21_600],
      run_script: ['script', undefined, undefined, 21_600],
      run_script_without_database: ['script', undefined, undefined, 21_600],
    });
  });

  it('gives a job the size and the time of the settings', () => {
    const sizes = 'db_backup: { cpu: 4096, memory_mib: 8192 }, run_script: { timeout_hours: 1 }';

    expect(jobsOf(definitionOf(`tasks: { fargate: { mysql_worker: { jobs: { ${sizes} } } } }`))).toMatchObject({
      db_backup: ['backup', '4096', '8192', 21_600],
      run_script: ['script', '1024', '2048', 3600],
      run_script_without_database: ['script', '1024', '2048', 3600],
    });
  });

  it('runs jobs on the capacity of the settings', () => {
    const onSpot = definitionOf('tasks: { fargate: { mysql_worker: { capacity: spot } } }');

    expect(definitionOf('')).toContain('"LaunchType":"FARGATE"');
    expect(onSpot).not.toMatch(/LaunchType|CapacityProvider/);
  });

  it('is about the cluster that the settings name', () => {
    const template = stackOf('global: { cluster: shared }');

    expect(JSON.stringify(template)).toContain(':cluster/shared');
    expect(JSON.stringify(template)).not.toContain(':cluster/serverlessops');
    expect(definitionOf('global: { cluster: shared }')).toContain('"Cluster":"shared"');
    expect(template.Outputs['ClusterName']?.Value).toBe('shared');
    expect(template.Outputs['RunTaskCommand']?.Value).toContain('--cluster shared ');
  });
});
