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
import { parseSettings } from '@serverless-ops/settings';
import { JobWatcherStack } from './job-watcher-stack.ts';

// The first synth compiles CDK's template validator, which takes long on a busy machine.
jest.setTimeout(60_000);

const PLACE = '${AWS::Region}:${AWS::AccountId}';
const CLUSTER = `{"ArnEquals":{"ecs:cluster":"arn:\${AWS::Partition}:ecs:${PLACE}:cluster/serverlessops"}}`;
const viaService = (service: string): string =>
  `{"StringEquals":{"kms:ViaService":"${service}.\${AWS::Region}.amazonaws.com"}}`;
const states = (resource: string): string => `arn:\${AWS::Partition}:states:${PLACE}:${resource}`;

const bundleFolder = mkdtempSync(join(tmpdir(), 'job-watcher-stack-'));
beforeAll(() => writeFileSync(join(bundleFolder, 'handler.mjs'), 'export const handler = () => {};'));
afterAll(() => rmSync(bundleFolder, { recursive: true }));

function stackOf(settings = ''): ReadableTemplate {
  return readableTemplate(new JobWatcherStack(createApp(), parseSettings(settings), { bundleFolder }));
}

describe('the watcher', () => {
  it('may look at and stop tasks of the cluster, fail jobs of the worker, read executions, publish, and no more', () => {
    expect(statementsOfRole(stackOf(), 'WatcherRole')).toEqual([
      `Allow ecs:DescribeTasks ecs:StopTask on arn:\${AWS::Partition}:ecs:${PLACE}:task/serverlessops/* if ${CLUSTER}`,
      `Allow ecs:ListTasks on * if ${CLUSTER}`,
      `Allow kms:Decrypt kms:GenerateDataKey on \${FoundationKeyArn} if ${viaService('sns')}`,
      expect.stringMatching(/^Allow logs:CreateLogStream logs:PutLogEvents on \$\{WatcherLogs\w+\.Arn\}$/),
      'Allow sns:Publish on ${FoundationTopicArn}',
      expect.stringMatching(/^Allow sqs:SendMessage on \$\{DeadLetters\w+\.Arn\}$/),
      'Allow states:DescribeExecution states:GetExecutionHistory on ' +
        `${states('execution:serverlessops-mysql-worker:*')} ${states('execution:serverlessops-password:*')}`,
      `Allow states:SendTaskFailure on ${states('stateMachine:serverlessops-mysql-worker')}`,
    ]);
  });

  it('receives its cluster, its topic and the families of tasks', () => {
    expect(onlyResource(stackOf('global: { cluster: shared }'), 'AWS::Lambda::Function')).toMatchObject({
      Environment: {
        Variables: {
          CLUSTER: 'shared',
          TOPIC_ARN: '${FoundationTopicArn}',
          TASK_FAMILIES:
            'serverlessops-mysql-worker-backup,serverlessops-mysql-worker-restore,serverlessops-mysql-worker-verify,serverlessops-mysql-worker-prune,serverlessops-mysql-worker-script',
        },
      },
    });
  });

  it('is woken by stopped tasks of every family, and by executions of every workflow that did not succeed', () => {
    const template = stackOf();

    expect(onlyResource(template, 'AWS::Events::Rule', 'TaskStopped')).toMatchObject({
      EventPattern: {
        source: ['aws.ecs'],
        'detail-type': ['ECS Task State Change'],
        detail: {
          clusterArn: [`arn:\${AWS::Partition}:ecs:${PLACE}:cluster/serverlessops`],
          group: [
            'family:serverlessops-mysql-worker-backup',
            'family:serverlessops-mysql-worker-restore',
            'family:serverlessops-mysql-worker-verify',
            'family:serverlessops-mysql-worker-prune',
            'family:serverlessops-mysql-worker-script',
          ],
          lastStatus: ['STOPPED'],
        },
      },
    });
    expect(onlyResource(template, 'AWS::Events::Rule', 'JobEndedBadly')).toMatchObject({
      EventPattern: {
        source: ['aws.states'],
        'detail-type': ['Step Functions Execution Status Change'],
        detail: {
          stateMachineArn: [
            states('stateMachine:serverlessops-mysql-worker'),
            states('stateMachine:serverlessops-password'),
          ],
          status: ['FAILED', 'TIMED_OUT', 'ABORTED'],
        },
      },
    });
  });

  it('leaves no event behind: what it did not get or failed on is kept for 14 days, and raises an alarm', () => {
    const template = stackOf();
    const deadLetters = expect.stringMatching(/^\$\{DeadLetters\w+\.Arn\}$/) as unknown;

    for (const rule of ['TaskStopped', 'JobEndedBadly']) {
      expect(onlyResource(template, 'AWS::Events::Rule', rule)).toMatchObject({
        Targets: [{ DeadLetterConfig: { Arn: deadLetters } }],
      });
    }
    expect(onlyResource(template, 'AWS::Lambda::Function')).toMatchObject({
      DeadLetterConfig: { TargetArn: deadLetters },
    });
    expect(onlyResource(template, 'AWS::SQS::Queue')).toEqual({
      QueueName: 'serverlessops-job-watcher-dead-letters',
      MessageRetentionPeriod: 1_209_600,
      SqsManagedSseEnabled: true,
    });
    expect(onlyResource(template, 'AWS::CloudWatch::Alarm')).toMatchObject({
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Statistic: 'Maximum',
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
      AlarmActions: ['${FoundationTopicArn}'],
    });
  });
});
