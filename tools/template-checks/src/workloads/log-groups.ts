import type { SynthesizedStack } from '../assembly/synthesized-stacks.ts';
import { logicalName } from '../assembly/template.ts';
import { whereIs, type Finding } from '../exceptions/finding.ts';

const LOG_GROUP = 'AWS::Logs::LogGroup';

/** Log groups whose lines would be kept, and paid for, for ever. */
export function logGroupProblems(stack: SynthesizedStack): Finding[] {
  return Object.entries(stack.template.Resources)
    .filter(([, { Type, Properties }]) => Type === LOG_GROUP && !isDays(Properties['RetentionInDays']))
    .map(([id]) => ({ where: whereIs(stack, id), what: 'keeps its lines for ever' }));
}

/** Whether this refers to a log group of the same stack, which then has a retention and goes with the stack. */
export function isOwnLogGroup({ template }: SynthesizedStack, reference: unknown): boolean {
  const name = /^\$\{(\w+)(\.Arn)?\}$/.exec(String(reference))?.[1];
  return Object.entries(template.Resources).some(([id, { Type }]) => Type === LOG_GROUP && logicalName(id) === name);
}

function isDays(value: unknown): boolean {
  return typeof value === 'number' && value > 0;
}
