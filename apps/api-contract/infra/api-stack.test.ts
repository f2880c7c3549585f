import { createApp } from '@serverless-ops/cdk-kit';
import { parseSettings } from '@serverless-ops/settings';
import { Template } from 'aws-cdk-lib/assertions';
import { ApiStack } from './api-stack.ts';

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
}

const settings = parseSettings('global:\n  target_vpc: create\n');
const template = Template.fromStack(new ApiStack(createApp(), settings));
const STATES = 'arn:[AWS::Partition]:states:[AWS::Region]:[AWS::AccountId]';

/** CloudFormation's way of putting a text together, as one text. */
function flatten(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(flatten);
  if (typeof value !== 'object' || value === null) return value;
  if ('Ref' in value) return `[${value.Ref as string}]`;
  if ('Fn::GetAtt' in value) return `[${(value['Fn::GetAtt'] as string[]).join('.')}]`;
  if ('Fn::Join' in value) return (flatten((value['Fn::Join'] as [string, unknown[]])[1]) as unknown[]).join('');
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, flatten(inner)]));
}

function only(type: string): Record<string, unknown> {
  const [resource, ...others] = Object.values(template.findResources(type));
  expect(others).toEqual([]);
  return flatten(resource?.['Properties']) as Record<string, unknown>;
}

function role(description: string): Record<string, unknown> {
  const [found] = Object.values(template.findResources('AWS::IAM::Role', { Properties: { Description: description } }));
  return flatten(found?.['Properties']) as Record<string, unknown>;
}

function statementsOf(description: string): Statement[] {
  const [policy] = role(description)['Policies'] as [{ PolicyDocument: { Statement: Statement[] } }];
  return policy.PolicyDocument.Statement;
}

describe('what the REST API may do', () => {
  it('is to start jobs, to ask the status workflow, and to describe executions of jobs', () => {
    expect(statementsOf('What the REST API may ask of Step Functions')).toEqual([
      {
        Effect: 'Allow',
        Action: 'states:StartExecution',
        Resource: `${STATES}:stateMachine:serverlessops-mysql-worker`,
      },
      {
        Effect: 'Allow',
        Action: 'states:StartSyncExecution',
        Resource: `${STATES}:stateMachine:serverlessops-job-status`,
      },
      {
        Effect: 'Allow',
        Action: 'states:DescribeExecution',
        Resource: `${STATES}:execution:serverlessops-mysql-worker:*`,
      },
    ]);
  });

  it('is trusted to API Gateway, without a condition on an account that it never sends', () => {
    expect(role('What the REST API may ask of Step Functions')['AssumeRolePolicyDocument']).toEqual({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'apigateway.amazonaws.com' } }],
    });
  });
});

describe('the status workflow', () => {
  it('is an Express workflow whose log holds no data', () => {
    expect(only('AWS::StepFunctions::StateMachine')).toMatchObject({
      StateMachineName: 'serverlessops-job-status',
      StateMachineType: 'EXPRESS',
      LoggingConfiguration: { IncludeExecutionData: false },
      TracingConfiguration: { Enabled: true },
    });
  });

  it('may read executions of jobs and the table of progress', () => {
    expect(statementsOf('What the states of serverlessops-job-status may do')).toEqual([
      {
        Effect: 'Allow',
        Action: 'states:DescribeExecution',
        Resource: `${STATES}:execution:serverlessops-mysql-worker:*`,
      },
      {
        Effect: 'Allow',
        Action: 'dynamodb:GetItem',
        Resource: 'arn:[AWS::Partition]:dynamodb:[AWS::Region]:[AWS::AccountId]:table/serverlessops-jobs',
      },
    ]);
  });

  it('keeps its definition valid JSON when CloudFormation has filled in its values', () => {
    const { DefinitionString: text } = only('AWS::StepFunctions::StateMachine');
    expect(JSON.parse(String(text))).toHaveProperty(
      ['States', 'DescribeExecution', 'Parameters', 'ExecutionArn.$'],
      `States.Format('${STATES}:execution:serverlessops-mysql-worker:{}', $.id)`,
    );
  });
});

describe('the stage', () => {
  it('logs every request without its body, and traces it', () => {
    const stage = only('AWS::ApiGateway::Stage');
    expect(stage).toMatchObject({ StageName: 'v1', TracingEnabled: true });
    expect(stage['MethodSettings']).toEqual([
      { ResourcePath: '/*', HttpMethod: '*', LoggingLevel: 'INFO', DataTraceEnabled: false, MetricsEnabled: true },
    ]);
    const { Format: format } = stage['AccessLogSetting'] as { Format: string };
    expect(JSON.parse(format)).toHaveProperty('request_id', '$context.requestId');
    expect(format).not.toMatch(/apiKey"|header|body|userArn|validationErrorString/);
  });

  it('waits for the role that lets it log', () => {
    const [stage] = Object.values(template.findResources('AWS::ApiGateway::Stage'));
    const [account] = Object.keys(template.findResources('AWS::ApiGateway::Account'));
    expect(stage?.['DependsOn']).toContain(account);
  });

  it('logs to a group that is kept as long as the settings say', () => {
    template.hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: '/serverlessops/api-access',
      RetentionInDays: 90,
    });
  });
});

describe('the API key', () => {
  it('belongs to a usage plan of the stage, with a limit', () => {
    expect(only('AWS::ApiGateway::UsagePlan')).toMatchObject({
      UsagePlanName: 'serverlessops',
      Throttle: { RateLimit: 10, BurstLimit: 50 },
    });
    expect(only('AWS::ApiGateway::UsagePlanKey')).toMatchObject({ KeyType: 'API_KEY' });
  });

  it('has no value in the template', () => {
    expect(only('AWS::ApiGateway::ApiKey')).not.toHaveProperty('Value');
  });
});

describe('the outputs', () => {
  const outputs = Object.fromEntries(
    Object.entries(template.findOutputs('*')).map(([name, output]) => [name, flatten(output['Value'])]),
  );

  it('are what a person needs to call the API, and nothing that another stack could import', () => {
    expect(Object.keys(outputs)).toEqual(['ApiUrl', 'ApiKeyId', 'GetApiKeyCommand', 'StartJobCommand']);
    expect(JSON.stringify(template.findOutputs('*'))).not.toContain('Export');
  });

  it('hold commands to paste', () => {
    expect(outputs['GetApiKeyCommand']).toMatch(
      /^aws apigateway get-api-key --include-value --query value --output text --api-key \[ApiApiKey\w+\]$/,
    );
    expect(outputs['StartJobCommand']).toBe(
      `curl -X POST ${String(outputs['ApiUrl'])}/jobs -H "x-api-key: $API_KEY" -H 'Content-Type: application/json' -d '{"job_name":"db_backup","job_options":{"db_name":"classicmodels","db_env":"demo"}}'`,
    );
  });
});
