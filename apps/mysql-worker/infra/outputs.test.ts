import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp, readableTemplate, type ReadableTemplate } from '@serverless-ops/cdk-kit';
import { WORKER_JOB_SIZES } from '@serverless-ops/job-schemas';
import { parseSettings } from '@serverless-ops/settings';
import { MysqlWorkerStack } from './mysql-worker-stack.ts';

// The first synth compiles CDK's template validator, which takes long on a busy machine.
jest.setTimeout(60_000);

const folder = mkdtempSync(join(tmpdir(), 'worker-outputs-'));

beforeAll(() => writeFileSync(join(folder, 'Dockerfile'), 'FROM scratch'));
afterAll(() => rmSync(folder, { recursive: true }));

function stackOf(settings = ''): ReadableTemplate {
  const checked = parseSettings(settings, { workerJobs: WORKER_JOB_SIZES });
  return readableTemplate(new MysqlWorkerStack(createApp(), checked, { workerBundleFolder: folder }));
}

describe('the outputs', () => {
  it('hold everything that running a job by hand needs, and none is an export', () => {
    const outputs = stackOf().Outputs;

    expect(Object.keys(outputs)).toEqual([
      'ClusterName',
      'BackupFamily',
      'RestoreFamily',
      'VerifyFamily',
      'PruneFamily',
      'ScriptFamily',
      'SubnetIds',
      'SecurityGroupId',
      'BackupRoleArn',
      'RestoreRoleArn',
      'VerifyRoleArn',
      'PruneRoleArn',
      'ScriptRoleArn',
      'BackupBucketName',
      'StateMachineArn',
      'LogGroupName',
      'RunTaskCommand',
      'StartExecutionCommand',
      'JobLogCommand',
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
      'aws ecs run-task --cluster serverlessops --task-definition serverlessops-mysql-worker-backup --launch-type FARGATE --count 1 ' +
        "--network-configuration 'awsvpcConfiguration={subnets=[${FoundationSubnetIds}]," +
        `securityGroups=[\${WorkerSecurityGroup.GroupId}],assignPublicIp=${assignPublicIp}}' ` +
        `--overrides '{"containerOverrides":[{"name":"MysqlWorkerContainer","environment":[` +
        '{"name":"TASK_TOKEN_ENV_VARIABLE","value":"localtest"},{"name":"JOB_NAME","value":"db_backup"},' +
        `{"name":"DB_NAME","value":"classicmodels"},{"name":"DB_ENV","value":"demo"}]}]}'`,
    );
  });

  it('hold a command to paste that runs on spot capacity when jobs do', () => {
    const { Outputs } = stackOf('tasks: { fargate: { mysql_worker: { capacity: spot } } }');

    expect(Outputs['RunTaskCommand']?.Value).toContain(
      ' --capacity-provider-strategy capacityProvider=FARGATE_SPOT,weight=1 --count 1 ',
    );
    expect(Outputs['RunTaskCommand']?.Value).not.toContain('--launch-type');
  });

  it('hold commands to paste for the workflow and for the log of a job', () => {
    const { StartExecutionCommand, JobLogCommand } = stackOf().Outputs;

    expect(StartExecutionCommand?.Value).toMatch(
      /^aws stepfunctions start-execution --state-machine-arn \$\{WorkerStateMachine\w+\} --input '\{"job_name":"db_backup","job_options":\{"db_name":"classicmodels","db_env":"demo"\}\}'$/,
    );
    expect(JobLogCommand?.Value).toMatch(
      /^aws logs tail \$\{WorkerLogs\w+\} --since 1d --follow --filter-pattern '\{ \$\.job_id = "JOB_ID" \}'$/,
    );
  });
});
