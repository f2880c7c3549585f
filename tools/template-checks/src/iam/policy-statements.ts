import type { SynthesizedStack } from '../assembly/synthesized-stacks.ts';
import { whereIs, type Finding } from '../exceptions/finding.ts';

/** One statement of any policy in a template. */
export interface PolicyStatement {
  readonly where: string;
  /** Type of the resource that holds the policy. */
  readonly type: string;
  /** `trust`: who may take on a role; `identity`: what a role may do; `resource`: who may use a resource. */
  readonly kind: 'trust' | 'identity' | 'resource';
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** As the template has it: `"*"` or an object. Absent in identity policies. */
  readonly principal: unknown;
  readonly condition: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** The names among `NotAction`, `NotResource` and `NotPrincipal` that it uses. */
  readonly negations: readonly string[];
}

/**
 * Every statement of every policy: of roles, keys, buckets, topics, and of whatever a later resource keeps its policy
 * in, for it is found by its shape.
 */
export function policyStatements(stack: SynthesizedStack): PolicyStatement[] {
  return Object.entries(stack.template.Resources).flatMap(([id, { Type, Properties }]) =>
    statementsIn(Properties, '').map(({ statement, property }) => ({
      where: whereIs(stack, id),
      type: Type,
      kind: kindOf(Type, property),
      effect: String(statement['Effect']),
      actions: texts(statement['Action']),
      resources: texts(statement['Resource']),
      principal: statement['Principal'],
      condition: (statement['Condition'] ?? {}) as PolicyStatement['condition'],
      negations: Object.keys(statement).filter((key) => key.startsWith('Not')),
    })),
  );
}

/** What a statement that must not be is reported as. */
export function findingAt({ where }: PolicyStatement, what: string): Finding {
  return { where, what };
}

interface FoundStatement {
  readonly statement: Readonly<Record<string, unknown>>;
  readonly property: string;
}

function statementsIn(value: unknown, property: string): FoundStatement[] {
  if (Array.isArray(value)) return value.flatMap((item) => statementsIn(item, property));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    key === 'Statement'
      ? [item as FoundStatement['statement']].flat().map((statement) => ({ statement, property }))
      : statementsIn(item, key),
  );
}

function kindOf(type: string, property: string): PolicyStatement['kind'] {
  if (property === 'AssumeRolePolicyDocument') return 'trust';
  return type.startsWith('AWS::IAM::') ? 'identity' : 'resource';
}

function texts(value: unknown): string[] {
  if (value === undefined) return [];
  return [value].flat().map((item) => (typeof item === 'string' ? item : JSON.stringify(item)));
}
