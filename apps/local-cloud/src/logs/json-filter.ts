import { AwsError } from '../endpoint/aws-error.ts';
import { matchesWildcard } from '../iam/wildcard.ts';

type ValueFilter = (message: unknown) => boolean;

const TOKEN = /\s*(\(|\)|&&|\|\||!=|>=|<=|=|>|<|"(?:[^"\\]|\\.)*"|[^\s()=!<>&|"]+)/y;

/**
 * A filter pattern for JSON messages: comparisons of `$.path` with text (where `*` is a wildcard) or numbers,
 * `IS NULL`, `IS TRUE`, `IS FALSE`, `NOT EXISTS`, joined with `&&`, `||` and parentheses.
 */
export function parseJsonFilter(pattern: string): (message: string) => boolean {
  if (!pattern.startsWith('{') || !pattern.endsWith('}')) throw invalid(pattern);
  const tokens = tokenize(pattern.slice(1, -1), pattern);
  const filter = parseOr(tokens, pattern);
  if (tokens.length > 0) throw invalid(pattern);
  return (message) => {
    const parsed = parseJson(message);
    return parsed !== undefined && filter(parsed);
  };
}

const invalid = (pattern: string): AwsError =>
  new AwsError('InvalidParameterException', `Invalid filter pattern: ${pattern}`);

function tokenize(text: string, pattern: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const token = TOKEN.exec(text)?.[1];
    if (token === undefined) throw invalid(pattern);
    tokens.push(token);
  }
  return tokens;
}

function parseOr(tokens: string[], pattern: string): ValueFilter {
  const alternatives = [parseAnd(tokens, pattern)];
  while (tokens[0] === '||') {
    tokens.shift();
    alternatives.push(parseAnd(tokens, pattern));
  }
  return (value) => alternatives.some((matches) => matches(value));
}

function parseAnd(tokens: string[], pattern: string): ValueFilter {
  const conditions = [parseCondition(tokens, pattern)];
  while (tokens[0] === '&&') {
    tokens.shift();
    conditions.push(parseCondition(tokens, pattern));
  }
  return (value) => conditions.every((matches) => matches(value));
}

function parseCondition(tokens: string[], pattern: string): ValueFilter {
  const first = tokens.shift();
  if (first === '(') {
    const inner = parseOr(tokens, pattern);
    if (tokens.shift() !== ')') throw invalid(pattern);
    return inner;
  }
  const operator = tokens.shift();
  const expected = tokens.shift();
  if (!first?.startsWith('$') || operator === undefined || expected === undefined) throw invalid(pattern);
  const compare = comparison(operator, expected);
  if (!compare) throw invalid(pattern);
  return (value) => compare(valueAt(value, first));
}

function comparison(operator: string, expected: string): ValueFilter | undefined {
  if (operator.toUpperCase() === 'IS') {
    const literals: Record<string, unknown> = { NULL: null, TRUE: true, FALSE: false };
    return (actual) => expected.toUpperCase() in literals && actual === literals[expected.toUpperCase()];
  }
  if (operator.toUpperCase() === 'NOT') return (actual) => expected.toUpperCase() === 'EXISTS' && actual === undefined;
  const text = expected.startsWith('"') ? expected.slice(1, -1).replaceAll(/\\(.)/g, '$1') : expected;
  const equals = (actual: unknown): boolean => actual !== undefined && matchesWildcard(text, asText(actual));
  const comparisons: Record<string, ValueFilter> = {
    '=': equals,
    '!=': (actual) => actual !== undefined && !equals(actual),
    '>': (actual) => typeof actual === 'number' && actual > Number(text),
    '<': (actual) => typeof actual === 'number' && actual < Number(text),
    '>=': (actual) => typeof actual === 'number' && actual >= Number(text),
    '<=': (actual) => typeof actual === 'number' && actual <= Number(text),
  };
  return comparisons[operator];
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function valueAt(value: unknown, path: string): unknown {
  const steps = path.slice(1).match(/[^.[\]]+/g) ?? [];
  return steps.reduce<unknown>(
    (current, step) =>
      current !== null && typeof current === 'object' ? (current as Record<string, unknown>)[step] : undefined,
    value,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
