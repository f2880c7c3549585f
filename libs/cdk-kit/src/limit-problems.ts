import { CLOUDFORMATION_LIMITS, IAM_LIMITS } from '@serverless-ops/aws-limits';
import { CfnResource, Stack, Token } from 'aws-cdk-lib';
import { CfnPolicy, CfnRole } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';

/** As long as what AWS fills in can be: an account has 12 characters, and no region has more than `ap-southeast-1`. */
const FILLED_IN: Readonly<Record<string, string>> = {
  'AWS::AccountId': '123456789012',
  'AWS::Partition': 'aws',
  'AWS::Region': 'ap-southeast-1',
  'AWS::URLSuffix': 'amazonaws.com',
};

/** For every other reference: the ARN of a key or a topic takes about as much. */
const SOME_ARN = 'x'.repeat(90);

/**
 * What of a stack grows with the settings beyond what AWS takes, in sentences that say what to change in settings.yml.
 * AWS would refuse it in the middle of a deploy.
 */
export function limitProblems(stack: Stack): string[] {
  const elements = stack.node.findAll().filter((element) => Stack.of(element) === stack);
  return [...resourceProblems(stack, elements), ...roleProblems(stack, elements)];
}

function resourceProblems(stack: Stack, elements: readonly IConstruct[]): string[] {
  const count = elements.filter((element) => CfnResource.isCfnResource(element)).length;
  if (count <= CLOUDFORMATION_LIMITS.resources) return [];
  return [
    `The stack ${stack.stackName} has ${count} resources, and CloudFormation takes ${CLOUDFORMATION_LIMITS.resources}. ` +
      'Name fewer databases in settings.yml, and store the parameters of the others with "npx ops params push".',
  ];
}

function roleProblems(stack: Stack, elements: readonly IConstruct[]): string[] {
  const policies = elements.filter((element) => element instanceof CfnPolicy);
  return elements.flatMap((role) => {
    if (!(role instanceof CfnRole)) return [];
    const attached = policies.filter(({ roles }) =>
      JSON.stringify(stack.resolve(roles) ?? []).includes(`"${stack.getLogicalId(role)}"`),
    );
    const inline = (stack.resolve(role.policies) ?? []) as { policyDocument: unknown }[];
    const documents = [...inline, ...attached].map(({ policyDocument }) => filledIn(stack.resolve(policyDocument)));
    const characters = documents.reduce<number>((sum, document) => sum + JSON.stringify(document).length, 0);
    if (characters <= IAM_LIMITS.inlinePoliciesOfRoleCharacters) return [];
    const name = role.node.path.split('/').at(-2) ?? role.node.path;
    return [
      `The policies of the role ${name} in the stack ${stack.stackName} have ${characters} characters, and IAM takes ` +
        `${IAM_LIMITS.inlinePoliciesOfRoleCharacters}. In settings.yml, name fewer databases under "databases" of a job ` +
        '(without the list a job may read all), or give fewer databases an s3_path or secret of their own.',
    ];
  });
}

/** A resolved value with a text of the right length for everything that CloudFormation fills in. */
function filledIn(value: unknown): unknown {
  if (Token.isUnresolved(value) || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(filledIn);
  const [[key, argument] = ['', undefined], ...others] = Object.entries(value);
  if (others.length === 0 && key === 'Ref') return FILLED_IN[String(argument)] ?? SOME_ARN;
  if (others.length === 0 && key === 'Fn::Join') {
    const [separator, parts] = argument as [string, unknown[]];
    return parts.map((part) => String(filledIn(part))).join(separator);
  }
  if (others.length === 0 && key.startsWith('Fn::')) return SOME_ARN;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, filledIn(each)]));
}
