import { createApp, onlyResource, readableTemplate, statementsOfRole } from '@serverless-ops/cdk-kit';
import { parseSettings } from '@serverless-ops/settings';
import { ApiStack } from './api-stack.ts';

const template = readableTemplate(new ApiStack(createApp(), parseSettings('global:\n  target_vpc: create\n')));
const STATES = 'arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}';

describe('what the REST API may do', () => {
  it('is to start jobs, to ask the status workflow, and to describe executions of jobs', () => {
    expect(statementsOfRole(template, 'ApiRole')).toEqual([
      `Allow states:DescribeExecution on ${STATES}:execution:serverlessops-mysql-worker:*`,
      `Allow states:StartExecution on ${STATES}:stateMachine:serverlessops-mysql-worker ${STATES}:stateMachine:serverlessops-password`,
      `Allow states:StartSyncExecution on ${STATES}:stateMachine:serverlessops-job-status`,
    ]);
  });

  it('is trusted to API Gateway, without a condition on an account that it never sends', () => {
    expect(onlyResource(template, 'AWS::IAM::Role', 'ApiRole')['AssumeRolePolicyDocument']).toEqual({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'apigateway.amazonaws.com' } }],
    });
  });
});

describe('the status workflow', () => {
  const stateMachine = onlyResource(template, 'AWS::StepFunctions::StateMachine');

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
  const [stageId] = Object.entries(template.Resources).flatMap(([id, { Type }]) =>
    Type === 'AWS::ApiGateway::Stage' ? [id] : [],
  );
  const stage = onlyResource(template, 'AWS::ApiGateway::Stage');

  it('logs every request without its body, and traces it', () => {
    expect(stage).toMatchObject({ StageName: 'v1', TracingEnabled: true });
    expect(stage['MethodSettings']).toEqual([
      { ResourcePath: '/*', HttpMethod: '*', LoggingLevel: 'INFO', DataTraceEnabled: false, MetricsEnabled: true },
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

  it('waits for the role that lets it log', () => {
    const resource = template.Resources[String(stageId)] as unknown as { DependsOn: string[] };
    expect(resource.DependsOn).toEqual([expect.stringMatching(/^ApiAccount/)]);
  });

  it('logs to a group that is kept as long as the settings say', () => {
    expect(onlyResource(template, 'AWS::Logs::LogGroup', 'AccessLog')).toEqual({
      LogGroupName: '/serverlessops/api-access',
      RetentionInDays: 90,
    });
  });

  it('leaves the account its logging role when the stack goes: other APIs use it too', () => {
    const shared = Object.entries(template.Resources).filter(([id]) => /^Api(CloudWatchRole|Account)/.test(id));
    expect(shared.map(([, { DeletionPolicy }]) => DeletionPolicy)).toEqual(['Retain', 'Retain']);
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

  it('hold commands to paste', () => {
    expect(outputs['GetApiKeyCommand']?.Value).toMatch(
      /^aws apigateway get-api-key --include-value --query value --output text --api-key \$\{ApiApiKey\w+\}$/,
    );
    expect(outputs['StartJobCommand']?.Value).toBe(
      `curl -X POST ${String(outputs['ApiUrl']?.Value)}/jobs -H "x-api-key: $API_KEY" -H 'Content-Type: application/json' -d '{"job_name":"db_backup","job_options":{"db_name":"classicmodels","db_env":"demo"}}'`,
    );
  });
});
