import { createApp, onlyResource, readableTemplate, statementsOfRole } from '@serverless-ops/cdk-kit';
import { parseSettings } from '@serverless-ops/settings';
import { ApiStack } from './api-stack.ts';

const templateWith = (settings: string) => readableTemplate(new ApiStack(createApp(), parseSettings(settings)));
const template = templateWith('global:\n  target_vpc: create\n');
const STATES = 'arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}';

describe('what the REST API may do', () => {
  it('is to ask the workflows that start and show jobs, and to describe executions of jobs', () => {
    expect(statementsOfRole(template, 'ApiRole')).toEqual([
      `Allow states:DescribeExecution on ${STATES}:execution:serverlessops-mysql-worker:*`,
      `Allow states:StartSyncExecution on ${STATES}:stateMachine:serverlessops-job-status ${STATES}:stateMachine:serverlessops-start-job`,
    ]);
  });

  it('is trusted to API Gateway, without a condition on an account that it never sends', () => {
    expect(onlyResource(template, 'AWS::IAM::Role', 'ApiRole')['AssumeRolePolicyDocument']).toEqual({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'apigateway.amazonaws.com' } }],
    });
  });
});

describe('the workflow that starts jobs', () => {
  it('is an Express workflow whose log holds no data', () => {
    expect(onlyResource(template, 'AWS::StepFunctions::StateMachine', 'StartJob')).toMatchObject({
      StateMachineName: 'serverlessops-start-job',
      StateMachineType: 'EXPRESS',
      LoggingConfiguration: { IncludeExecutionData: false },
    });
  });

  it('may put names of jobs on record and start jobs, and write its log and traces', () => {
    expect(statementsOfRole(template, 'StartJobRole')).toEqual([
      'Allow dynamodb:GetItem dynamodb:PutItem on arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/serverlessops-jobs',
      expect.stringMatching(/^Allow logs:\w+ .* xray:PutTraceSegments on \*$/),
      `Allow states:StartExecution on ${STATES}:stateMachine:serverlessops-mysql-worker ${STATES}:stateMachine:serverlessops-password`,
    ]);
  });
});

describe('the status workflow', () => {
  const stateMachine = onlyResource(template, 'AWS::StepFunctions::StateMachine', 'JobStatus');

  it('is an Express workflow whose log holds no data', () => {
    expect(stateMachine).toMatchObject({
      StateMachineName: 'serverlessops-job-status',
      StateMachineType: 'EXPRESS',
      LoggingConfiguration: { IncludeExecutionData: false },
      TracingConfiguration: { Enabled: true },
    });
  });

  it('may read executions of jobs and the table of progress, and write its log and traces', () => {
    expect(statementsOfRole(template, 'JobStatusRole')).toEqual([
      'Allow dynamodb:GetItem on arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/serverlessops-jobs',
      expect.stringMatching(/^Allow logs:\w+ .* xray:PutTraceSegments on \*$/),
      `Allow states:DescribeExecution on ${STATES}:execution:serverlessops-mysql-worker:* ${STATES}:execution:serverlessops-password:*`,
    ]);
  });

  it('asks for executions where the stack is deployed', () => {
    expect(JSON.parse(String(stateMachine['DefinitionString']))).toHaveProperty(
      ['States', 'DescribeWorkerExecution', 'Parameters', 'ExecutionArn.$'],
      `States.Format('${STATES}:execution:serverlessops-mysql-worker:{}', $.id)`,
    );
  });
});

describe('the stage', () => {
  const stage = onlyResource(template, 'AWS::ApiGateway::Stage');

  it('traces and counts requests, and has no log beside the access log: that one would never expire', () => {
    expect(stage).toMatchObject({ StageName: 'v1', TracingEnabled: true });
    expect(stage['MethodSettings']).toEqual([
      { ResourcePath: '/*', HttpMethod: '*', DataTraceEnabled: false, MetricsEnabled: true },
    ]);
  });

  it('writes an access log that holds nothing a caller wrote, and of the key only its id', () => {
    const { Format: format } = stage['AccessLogSetting'] as { Format: string };
    expect(JSON.parse(format)).toMatchObject({
      request_id: '$context.requestId',
      api_key_id: '$context.identity.apiKeyId',
      status: '$context.status',
    });
    expect(format).not.toMatch(/apiKey"|header|body|context\.path|userArn|validationErrorString/);
  });

  it('logs to a group that is kept as long as the settings say', () => {
    expect(onlyResource(template, 'AWS::Logs::LogGroup', 'AccessLog')).toEqual({
      LogGroupName: '/serverlessops/api-access',
      RetentionInDays: 90,
    });
  });
});

describe("the account's logging role", () => {
  const sharedIn = ({ Resources }: typeof template) =>
    Object.entries(Resources).filter(([id]) => /^Api(CloudWatchRole|Account)/.test(id));

  it('is left alone unless the settings ask for one', () => {
    expect(sharedIn(template)).toEqual([]);
  });

  it('is made when they do, before the stage, and stays when the stack goes: other APIs use it too', () => {
    const asked = templateWith('global:\n  target_vpc: create\napi:\n  account_logging_role: create\n');
    expect(sharedIn(asked).map(([, { DeletionPolicy }]) => DeletionPolicy)).toEqual(['Retain', 'Retain']);
    const [stage] = Object.values(asked.Resources).filter(({ Type }) => Type === 'AWS::ApiGateway::Stage');
    expect(stage as unknown).toMatchObject({ DependsOn: [expect.stringMatching(/^ApiAccount/)] });
  });
});

describe('the API key', () => {
  it('belongs to a usage plan of the stage, with a limit', () => {
    expect(onlyResource(template, 'AWS::ApiGateway::UsagePlan')).toMatchObject({
      UsagePlanName: 'serverlessops',
      Throttle: { RateLimit: 10, BurstLimit: 50 },
    });
    expect(onlyResource(template, 'AWS::ApiGateway::UsagePlanKey')).toMatchObject({ KeyType: 'API_KEY' });
  });

  it('has no value in the template', () => {
    expect(onlyResource(template, 'AWS::ApiGateway::ApiKey')).not.toHaveProperty('Value');
  });
});

describe('the outputs', () => {
  const { Outputs: outputs } = template;

  it('are what a person needs to call the API, and nothing that another stack could import', () => {
    expect(Object.keys(outputs)).toEqual(['ApiUrl', 'ApiKeyId', 'GetApiKeyCommand', 'StartJobCommand']);
    expect(Object.values(outputs).filter(({ Export }) => Export !== undefined)).toEqual([]);
  });

  it('order a backup of the first database of the settings', () => {
    const { Outputs } = templateWith('parameters: { databases: { crm: { staging: { db_host: h, db_user: u } } } }');
    expect(Outputs['StartJobCommand']?.Value).toContain('"job_options":{"db_name":"crm","db_env":"staging"}');
  });

  it('hold commands to paste', () => {
    expect(outputs['GetApiKeyCommand']?.Value).toMatch(
      /^aws apigateway get-api-key --include-value --query value --output text --api-key \$\{ApiApiKey\w+\}$/,
    );
    expect(outputs['StartJobCommand']?.Value).toBe(
      `curl -X POST ${String(outputs['ApiUrl']?.Value)}/jobs -H "x-api-key: $API_KEY" -H 'Content-Type: application/json' -d '{"job_name":"db_backup","job_options":{"db_name":"classicmodels","db_env":"demo"}}'`,
    );
  });
});
