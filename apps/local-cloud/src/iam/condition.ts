import { matchesWildcard } from './wildcard.ts';

type ConditionKeys = Readonly<Record<string, readonly string[]>>;
type Comparison = (expected: string, actual: string) => boolean;

const equals: Comparison = (expected, actual) => expected === actual;
const COMPARISONS: Readonly<Record<string, Comparison>> = {
  StringEquals: equals,
  StringLike: matchesWildcard,
  ArnEquals: matchesWildcard,
  ArnLike: matchesWildcard,
  Bool: (expected, actual) => expected.toLowerCase() === actual.toLowerCase(),
};
const NEGATED: Readonly<Record<string, string>> = {
  StringNotEquals: 'StringEquals',
  StringNotLike: 'StringLike',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
};

/**
 * Whether the conditions of a statement hold: undefined when one of them asks for something that this cloud does
 * not know, which must neither open an Allow nor close a Deny.
 */
export function conditionsHold(
  conditions: Readonly<Record<string, ConditionKeys>>,
  known: ConditionKeys,
): boolean | undefined {
  let result: boolean | undefined = true;
  for (const [operator, keys] of Object.entries(conditions)) {
    for (const [key, expected] of Object.entries(keys)) {
      const holds = conditionHolds(operator, expected, findIgnoringCase(known, key));
      if (holds === false) return false;
      if (holds === undefined) result = undefined;
    }
  }
  return result;
}

function conditionHolds(
  operator: string,
  expected: readonly string[],
  actual: readonly string[] | undefined,
): boolean | undefined {
  if (actual === undefined) return undefined;
  if (operator === 'Null') return expected.includes('true') === (actual.length === 0);
  if (operator.endsWith('IfExists') && actual.length === 0) return true;
  const name = operator.replace(/IfExists$/, '').replace(/^For(AnyValue|AllValues):/, '');
  const negated = Object.hasOwn(NEGATED, name);
  const comparison = COMPARISONS[negated ? (NEGATED[name] ?? name) : name];
  if (!comparison) return undefined;
  const matches = (value: string): boolean => expected.some((pattern) => comparison(pattern, value));
  const found = operator.startsWith('ForAllValues:') ? actual.every(matches) : actual.some(matches);
  return negated ? !found : found;
}

/** Condition keys are not case-sensitive. */
function findIgnoringCase(keys: ConditionKeys, key: string): readonly string[] | undefined {
  return Object.entries(keys).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
}
