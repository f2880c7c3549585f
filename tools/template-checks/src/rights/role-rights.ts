import type { SynthesizedStack } from '../assembly/synthesized-stacks.ts';
import { logicalName, type Resource } from '../assembly/template.ts';

/** One statement of a role's policies. */
export interface Right {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Each condition as `operator key: values`. */
  readonly conditions: readonly string[];
}

/** What one role of a stack may do. */
export interface RoleRights {
  readonly app: string;
  /** The role's logical id without CDK's hash. */
  readonly role: string;
  readonly description: string;
  /** The services that may assume the role. */
  readonly trusted: readonly string[];
  readonly rights: readonly Right[];
  /** ARNs of AWS's managed policies. */
  readonly managedPolicies: readonly string[];
}

type Statement = Readonly<Record<string, unknown>>;

/** The rights of every role of a stack: from the role's own policies and from policies that name the role. */
export function roleRights({ app, template }: SynthesizedStack): RoleRights[] {
  const resources = Object.entries(template.Resources);
  const policies = resources.filter(([, { Type }]) => Type === 'AWS::IAM::Policy').map(([, policy]) => policy);
  return resources
    .filter(([, { Type }]) => Type === 'AWS::IAM::Role')
    .map(([id, { Properties }]) => {
      const role = logicalName(id);
      const inline = list(Properties['Policies']).map((policy) => policy as Resource['Properties']);
      const attached = policies.filter((policy) => list(policy.Properties['Roles']).includes(`\${${role}}`));
      return {
        app,
        role,
        description: text(Properties['Description'] ?? ''),
        trusted: statementsOf(Properties['AssumeRolePolicyDocument']).flatMap(({ Principal }) => principals(Principal)),
        rights: [...inline, ...attached.map((policy) => policy.Properties)].flatMap(({ PolicyDocument }) =>
          statementsOf(PolicyDocument).map(toRight),
        ),
        managedPolicies: list(Properties['ManagedPolicyArns']).map(text),
      };
    });
}

function toRight({ Action, Resource, Condition = {} }: Statement): Right {
  return {
    actions: list(Action).map(text),
    resources: list(Resource).map(text),
    conditions: Object.entries(Condition as Record<string, Record<string, unknown>>).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => `${operator} ${key}: ${list(values).map(text).join(', ')}`),
    ),
  };
}

function statementsOf(document: unknown): Statement[] {
  return list((document as { Statement?: unknown } | undefined)?.Statement) as Statement[];
}

function principals(principal: unknown): string[] {
  return Object.values(principal as Record<string, unknown>).flatMap((value) => list(value).map(text));
}

function list(value: unknown): unknown[] {
  return value === undefined ? [] : [value].flat();
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
