import { globSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  API_GATEWAY_LIMITS,
  CLOUDFORMATION_LIMITS,
  EVENT_BRIDGE_LIMITS,
  IAM_LIMITS,
  LAMBDA_LIMITS,
  STEP_FUNCTIONS_LIMITS,
} from '@serverless-ops/aws-limits';
import { synthesizedApi } from './assembly/api-document.ts';
import { synthesizedStateMachines } from './assembly/task-states.ts';
import { resolvedText, synthesizedResources, WORKSPACE_ROOT } from './assembly/synthesized-templates.ts';

/** Ids and ARNs that CloudFormation fills in are shorter than this. */
const LONG_REFERENCE = `arn:aws:service:eu-central-1:111122223333:${'x'.repeat(80)}`;

const templates = globSync('dist/apps/*/cdk.out/*.template.json', { cwd: WORKSPACE_ROOT });

/** Length of a policy as IAM counts it: without white space, references filled in. */
function policyCharacters(document: unknown): number {
  const text = JSON.stringify(document, (_, value: unknown) =>
    typeof value === 'object' && value !== null && ('Fn::Join' in value || 'Ref' in value || 'Fn::GetAtt' in value)
      ? resolvedText(value, LONG_REFERENCE)
      : value,
  );
  return text.replaceAll(/\s/g, '').length;
}

it.each(templates.map((file) => [basename(file), file] as const))('%s is one that CloudFormation takes', (_, file) => {
  const {
    Resources = {},
    Parameters = {},
    Outputs = {},
  } = JSON.parse(readFileSync(join(WORKSPACE_ROOT, file), 'utf8')) as Record<string, object | undefined>;
  expect(statSync(join(WORKSPACE_ROOT, file)).size).toBeLessThan(CLOUDFORMATION_LIMITS.templateBytes);
  expect(Object.keys(Resources).length).toBeLessThan(CLOUDFORMATION_LIMITS.resources);
  expect(Object.keys(Parameters).length).toBeLessThan(CLOUDFORMATION_LIMITS.parameters);
  expect(Object.keys(Outputs).length).toBeLessThan(CLOUDFORMATION_LIMITS.outputs);
});

const roles = synthesizedResources('AWS::IAM::Role');

it.each(roles.map((role) => [`${role.app} ${role.id}`, role] as const))(
  'the role %s is one that IAM takes',
  (_, role) => {
    const { RoleName, Description = '', AssumeRolePolicyDocument, Policies = [] } = role.properties;
    const attached = synthesizedResources('AWS::IAM::Policy').filter(
      ({ app, properties }) => app === role.app && JSON.stringify(properties['Roles']).includes(`"${role.id}"`),
    );
    const inline = [...(Policies as { PolicyDocument: unknown }[]), ...attached.map(({ properties }) => properties)];
    const characters = inline.map((policy) => policyCharacters((policy as Record<string, unknown>)['PolicyDocument']));
    expect(characters.reduce((sum, each) => sum + each, 0)).toBeLessThan(IAM_LIMITS.inlinePoliciesOfRoleCharacters);
    expect(policyCharacters(AssumeRolePolicyDocument)).toBeLessThan(IAM_LIMITS.trustPolicyCharacters);
    expect(resolvedText(Description, LONG_REFERENCE).length).toBeLessThan(IAM_LIMITS.roleDescriptionCharacters);
    if (RoleName !== undefined) {
      expect(resolvedText(RoleName, LONG_REFERENCE).length).toBeLessThanOrEqual(IAM_LIMITS.roleNameCharacters);
    }
  },
);

it('every state machine is one that Step Functions takes', () => {
  for (const { definition } of synthesizedStateMachines()) {
    expect(JSON.stringify(definition).length).toBeLessThan(STEP_FUNCTIONS_LIMITS.definitionBytes);
    const tooLong = Object.keys(definition.States).filter(
      (name) => name.length > STEP_FUNCTIONS_LIMITS.stateNameCharacters,
    );
    expect(tooLong).toEqual([]);
  }
});

it('the API is one that API Gateway takes', () => {
  const { paths } = synthesizedApi();
  expect(Object.keys(paths).length).toBeLessThan(API_GATEWAY_LIMITS.resources);
  for (const methods of Object.values(paths)) {
    for (const { 'x-amazon-apigateway-integration': integration } of Object.values(methods)) {
      const template = resolvedText(integration.requestTemplates['application/json'], LONG_REFERENCE);
      expect(Buffer.byteLength(template)).toBeLessThan(API_GATEWAY_LIMITS.mappingTemplateBytes);
    }
  }
  const [stage] = synthesizedResources('AWS::ApiGateway::Stage');
  const { Format } = stage?.properties['AccessLogSetting'] as { Format: string };
  expect(Buffer.byteLength(Format)).toBeLessThan(API_GATEWAY_LIMITS.accessLogFormatBytes);
});

it('every rule is one that EventBridge takes', () => {
  for (const { properties } of synthesizedResources('AWS::Events::Rule')) {
    const { Targets = [], EventPattern } = properties as { Targets?: unknown[]; EventPattern?: unknown };
    expect(Targets.length).toBeLessThanOrEqual(EVENT_BRIDGE_LIMITS.targetsPerRule);
    expect(policyCharacters(EventPattern)).toBeLessThan(EVENT_BRIDGE_LIMITS.eventPatternCharacters);
  }
});

it('every function is one that Lambda takes', () => {
  for (const { properties } of synthesizedResources('AWS::Lambda::Function')) {
    const { Environment, MemorySize, Timeout } = properties as {
      Environment?: { Variables: object };
      MemorySize: number;
      Timeout: number;
    };
    const { min, max } = LAMBDA_LIMITS.memoryMegabytes;
    expect(MemorySize).toBeGreaterThanOrEqual(min);
    expect(MemorySize).toBeLessThanOrEqual(max);
    expect(Timeout).toBeLessThanOrEqual(LAMBDA_LIMITS.timeoutSeconds);
    expect(policyCharacters(Environment?.Variables ?? {})).toBeLessThan(LAMBDA_LIMITS.environmentBytes);
  }
});
