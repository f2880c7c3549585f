import type { Json, JsonObject } from '../endpoint/service.ts';

type EventMatcher = (event: JsonObject) => boolean;
type ValueMatcher = (value: Json | undefined) => boolean;

/**
 * An EventBridge pattern: every key must match, by one of the values in its list. Values are exact, or one of
 * `prefix`, `anything-but` and `exists`. Throws for any other operator, which would otherwise match in silence.
 */
export function compileEventPattern(pattern: JsonObject): EventMatcher {
  const matchers = Object.entries(pattern).map(([key, expected]) => {
    if (key.startsWith('$')) throw new Error(`the event pattern operator ${key} is not supported`);
    const matches = compileExpectation(key, expected);
    return (event: JsonObject): boolean => matches(Object.hasOwn(event, key) ? event[key] : undefined);
  });
  return (event) => matchers.every((matches) => matches(event));
}

function compileExpectation(key: string, expected: Json): ValueMatcher {
  if (isObject(expected)) {
    const matches = compileEventPattern(expected);
    return (value) => matches(isObject(value) ? value : {});
  }
  if (!Array.isArray(expected) || expected.length === 0) {
    throw new Error(`the event pattern needs a list of values for ${key}`);
  }
  const alternatives = expected.map(compileValue);
  return (value) => alternatives.some((matches) => matches(value));
}

function compileValue(expected: Json): ValueMatcher {
  if (!isObject(expected)) return anyOf((value) => value === expected);
  const [operator = '', ...more] = Object.keys(expected);
  const operand = expected[operator] ?? null;
  if (more.length === 0 && operator === 'exists' && typeof operand === 'boolean') {
    return (value) => (value !== undefined) === operand;
  }
  if (more.length === 0 && operator === 'prefix' && typeof operand === 'string') return anyOf(hasPrefix(operand));
  if (more.length === 0 && operator === 'anything-but') return anythingBut(operand);
  throw new Error(`the event pattern ${JSON.stringify(expected)} is not supported`);
}

function anythingBut(operand: Json): ValueMatcher {
  if (isObject(operand)) {
    const { prefix } = operand;
    if (typeof prefix !== 'string') throw new Error(`anything-but ${JSON.stringify(operand)} is not supported`);
    return anyOf((value) => !hasPrefix(prefix)(value));
  }
  const excluded = [operand].flat();
  return anyOf((value) => !excluded.includes(value));
}

/** A list in an event matches when one of its items does; what is not there never does. */
const anyOf =
  (matches: (value: Json) => boolean): ValueMatcher =>
  (value) =>
    value !== undefined && (Array.isArray(value) ? value.some(matches) : matches(value));

const hasPrefix =
  (prefix: string) =>
  (value: Json): boolean =>
    typeof value === 'string' && value.startsWith(prefix);

const isObject = (value: Json | undefined): value is JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
