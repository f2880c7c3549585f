import {
  DYNAMODB_LIMITS,
  ECS_LIMITS,
  EVENT_BRIDGE_LIMITS,
  IAM_LIMITS,
  LAMBDA_LIMITS,
  LAMBDA_STATES,
  LOGS_LIMITS,
  PARAMETER_STORE_LIMITS,
  SNS_LIMITS,
  STEP_FUNCTIONS_LIMITS,
} from '@serverless-ops/aws-limits';
import { inputShape, serviceModel } from './service-model.ts';

/** Largest value of a shape; models of other years say other ones where AWS has raised a limit since. */
const maxOf = (service: string, shape: string): number | undefined => serviceModel(service).shapes[shape]?.max;

describe('a limit of which the service model has the number', () => {
  it.each([
    ['stepfunctions', 'Name', STEP_FUNCTIONS_LIMITS.executionNameCharacters, []],
    ['stepfunctions', 'SensitiveData', STEP_FUNCTIONS_LIMITS.payloadBytes, []],
    ['stepfunctions', 'SensitiveError', STEP_FUNCTIONS_LIMITS.errorCharacters, []],
    ['stepfunctions', 'SensitiveCause', STEP_FUNCTIONS_LIMITS.causeCharacters, []],
    ['stepfunctions', 'TaskToken', STEP_FUNCTIONS_LIMITS.taskTokenCharacters, [1024]],
    ['stepfunctions', 'Arn', STEP_FUNCTIONS_LIMITS.arnCharacters, []],
    ['stepfunctions', 'Definition', STEP_FUNCTIONS_LIMITS.definitionBytes, []],
    ['ssm', 'PSParameterName', PARAMETER_STORE_LIMITS.requestNameCharacters, []],
    ['ssm', 'GetParametersByPathMaxResults', PARAMETER_STORE_LIMITS.parametersByPathPage, []],
    ['ssm', 'ParameterNameList', PARAMETER_STORE_LIMITS.namesPerCall, []],
    ['ssm', 'ParameterDescription', PARAMETER_STORE_LIMITS.descriptionCharacters, []],
    ['events', 'RuleName', EVENT_BRIDGE_LIMITS.ruleNameCharacters, []],
    ['events', 'TransformerInput', EVENT_BRIDGE_LIMITS.transformerCharacters, []],
    ['events', 'TransformerPaths', EVENT_BRIDGE_LIMITS.transformerPaths, []],
    ['iam', 'roleNameType', IAM_LIMITS.roleNameCharacters, []],
    ['iam', 'roleDescriptionType', IAM_LIMITS.roleDescriptionCharacters, []],
    ['logs', 'LogGroupName', LOGS_LIMITS.logGroupNameCharacters, []],
    ['logs', 'QueryString', LOGS_LIMITS.queryCharacters, []],
    ['dynamodb', 'TableName', DYNAMODB_LIMITS.tableNameCharacters.max, []],
  ] as const)('%s %s is %d', (service, shape, ours, earlier) => {
    expect([ours, ...earlier]).toContain(maxOf(service, shape));
  });
});

describe('a limit of which the service model has the words', () => {
  it.each([
    ['ecs', 'RunTask', 'overrides', ECS_LIMITS.runTaskOverridesCharacters, '8192 characters are allowed for overrides'],
    ['ssm', 'PutParameter', 'Value', PARAMETER_STORE_LIMITS.standardValueCharacters / 1024, 'value limit of 4 KB'],
    ['ssm', 'PutParameter', 'Name', PARAMETER_STORE_LIMITS.nameCharactersWithArn, 'is 1011 characters'],
    ['ssm', 'GetParametersByPath', 'Path', PARAMETER_STORE_LIMITS.nameLevels, 'maximum of 15 levels'],
    ['sns', 'Publish', 'Message', SNS_LIMITS.messageBytes, '262,144 bytes, not 262,144 characters'],
    ['sns', 'Publish', 'Subject', SNS_LIMITS.subjectCharactersBelow, 'less than 100 characters long'],
    ['lambda', 'CreateFunction', 'Timeout', LAMBDA_LIMITS.timeoutSeconds, 'maximum allowed value is 900 seconds'],
  ] as const)('%s %s %s is %d', (service, operation, member, ours, words) => {
    const text = inputShape(serviceModel(service), operation).members?.[member]?.documentation ?? '';
    const plain = text.replaceAll(/<[^>]+>/g, '');
    expect(plain.includes(words) || plain.includes(words.replace('8192', '8,192'))).toBe(true);
    expect(words.replaceAll(',', '')).toContain(String(ours));
  });
});

it('Lambda has the states that we know, and none of our calls can see another', () => {
  const states = (serviceModel('lambda').shapes['State'] as unknown as { enum: string[] }).enum;
  expect(states).toEqual(expect.arrayContaining([...LAMBDA_STATES]));
});
