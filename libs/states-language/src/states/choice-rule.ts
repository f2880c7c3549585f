import type { Json } from '../json.ts';
import type { ChoiceRule } from '../definition.ts';
import { findByPath, requireByPath, type PathRoots } from '../data/json-path.ts';
import { StatesError } from '../states-error.ts';

type Compare = (left: Json, right: Json) => boolean;
type Order = (left: never, right: never) => number;

const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;

const isTimestamp = (value: Json): value is string => typeof value === 'string' && RFC_3339.test(value);
const byCodeUnits: Order = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0);

/** The kinds of value that can be ordered: values of another kind never compare as true. */
const ORDERED: Readonly<Record<string, { accepts: (value: Json) => boolean; order: Order }>> = {
  String: { accepts: (value) => typeof value === 'string', order: byCodeUnits },
  Numeric: { accepts: (value) => typeof value === 'number', order: (left: number, right: number) => left - right },
  Timestamp: {
    accepts: isTimestamp,
    order: (left: string, right: string) => Date.parse(left) - Date.parse(right),
  },
  Boolean: {
    accepts: (value) => typeof value === 'boolean',
    order: (left: boolean, right: boolean) => Number(left) - Number(right),
  },
};

const HOLDS: Readonly<Record<string, (order: number) => boolean>> = {
  Equals: (order) => order === 0,
  LessThan: (order) => order < 0,
  GreaterThan: (order) => order > 0,
  LessThanEquals: (order) => order <= 0,
  GreaterThanEquals: (order) => order >= 0,
};

const KIND_TESTS: Readonly<Record<string, (value: Json) => boolean>> = {
  IsNull: (value) => value === null,
  IsString: (value) => typeof value === 'string',
  IsNumeric: (value) => typeof value === 'number',
  IsBoolean: (value) => typeof value === 'boolean',
  IsTimestamp: isTimestamp,
};

/** `*` stands for any characters, `\*` for a star, `\\` for a backslash. */
function matchesWildcards(value: Json, pattern: Json): boolean {
  if (typeof value !== 'string' || typeof pattern !== 'string') return false;
  const source = pattern.replace(/\\([*\\])|\*|[^]/g, (piece, escaped: string | undefined) =>
    piece === '*' ? '[^]*' : (escaped ?? piece).replace(/[.*+?^${}()|[\]\\/]/, '\\$&'),
  );
  return new RegExp(`^${source}$`).test(value);
}

function comparison(name: string): Compare | undefined {
  if (name === 'StringMatches') return matchesWildcards;
  const [, kind = '', relation = ''] = /^(String|Numeric|Timestamp|Boolean)(.+)$/.exec(name) ?? [];
  const ordered = ORDERED[kind];
  const holds = HOLDS[relation];
  if (!ordered || !holds) return undefined;
  return (left, right) =>
    ordered.accepts(left) && ordered.accepts(right) && holds(ordered.order(left as never, right as never));
}

/** Whether the rule of a Choice state holds. A variable that is not there fails the state, except for `IsPresent`. */
export function ruleHolds(rule: ChoiceRule, roots: PathRoots): boolean {
  if (rule.And) return rule.And.every((part) => ruleHolds(part, roots));
  if (rule.Or) return rule.Or.some((part) => ruleHolds(part, roots));
  if (rule.Not) return !ruleHolds(rule.Not, roots);

  const { Variable: path = '$' } = rule;
  const [name, operand] = comparisonOf(rule);
  const found = findByPath(path, roots);
  if (name === 'IsPresent') return (found !== undefined) === operand;
  if (found === undefined) {
    const cause = `Invalid path '${path}': The choice state's condition path references an invalid value.`;
    throw new StatesError('States.Runtime', cause);
  }
  const isKind = KIND_TESTS[name];
  if (isKind) return isKind(found) === operand;
  const compare = comparison(name.replace(/Path$/, ''));
  if (!compare) throw new StatesError('States.Runtime', `The comparison ${name} is not known`);
  return compare(found, name.endsWith('Path') ? requireByPath(operand as string, roots) : operand);
}

function comparisonOf(rule: ChoiceRule): [name: string, operand: Json] {
  const fields = Object.entries(rule) as [string, Json][];
  return fields.find(([name]) => !['Variable', 'Next', 'Comment'].includes(name)) ?? ['', null];
}
