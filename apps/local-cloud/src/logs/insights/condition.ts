import type { Row } from './row.ts';
import type { TokenReader } from './token-reader.ts';
import { malformed, type Token } from './tokenize.ts';

type Condition = (row: Row) => boolean;

/** What follows `filter`: comparisons, `like`, `in`, `ispresent`, joined with and, or, not and parentheses. */
export function readCondition(reader: TokenReader): Condition {
  const alternatives = [readAnd(reader)];
  while (reader.takeIf('or')) alternatives.push(readAnd(reader));
  return (row) => alternatives.some((holds) => holds(row));
}

function readAnd(reader: TokenReader): Condition {
  const conditions = [readNot(reader)];
  while (reader.takeIf('and')) conditions.push(readNot(reader));
  return (row) => conditions.every((holds) => holds(row));
}

function readNot(reader: TokenReader): Condition {
  if (reader.takeIf('not')) {
    const condition = readNot(reader);
    return (row) => !condition(row);
  }
  if (reader.takeIf('(')) {
    const inner = readCondition(reader);
    reader.expect(')');
    return inner;
  }
  if (reader.takeIf('ispresent')) {
    reader.expect('(');
    const field = reader.takeKind('name');
    reader.expect(')');
    return (row) => row.get(field) !== undefined;
  }
  return readComparison(reader, reader.takeKind('name'));
}

function readComparison(reader: TokenReader, field: string): Condition {
  if (reader.takeIf('not')) {
    const negated = reader.takeIf('in') ? readIn(reader, field) : (reader.expect('like'), readLike(reader, field));
    return (row) => !negated(row);
  }
  if (reader.takeIf('in')) return readIn(reader, field);
  if (reader.takeIf('like') || reader.takeIf('=~')) return readLike(reader, field);
  const operator = reader.takeKind('symbol');
  const compare = COMPARISONS[operator];
  if (!compare) throw malformed(`the local cloud does not know the operator ${operator}`);
  const value = literal(reader.take());
  return (row) => compare(row.get(field), value);
}

function readIn(reader: TokenReader, field: string): Condition {
  reader.expect('[');
  const values = reader.list(() => literal(reader.take()));
  reader.expect(']');
  return (row) => values.some((value) => equals(row.get(field), value));
}

function readLike(reader: TokenReader, field: string): Condition {
  const { kind, text } = reader.take();
  if (kind !== 'string' && kind !== 'regex') throw malformed(`like needs a text or an expression, not ${text}`);
  const expression = kind === 'regex' ? regularExpression(text) : undefined;
  return (row) => {
    const value = row.get(field);
    return value !== undefined && (expression ? expression.test(value) : value.includes(text));
  };
}

/** `(?i)` at its start means, in the expressions of Logs Insights, that the case of letters does not count. */
function regularExpression(text: string): RegExp {
  try {
    return text.startsWith('(?i)') ? new RegExp(text.slice(4), 'i') : new RegExp(text);
  } catch {
    throw malformed(`/${text}/ is no regular expression`);
  }
}

function literal({ kind, text }: Token): string {
  if (kind === 'string' || kind === 'number') return text;
  if (kind === 'name' && /^(true|false)$/.test(text)) return text;
  throw malformed(`expected a text or a number and found ${text}`);
}

const equals = (actual: string | undefined, expected: string): boolean =>
  actual !== undefined && (actual === expected || (isNumber(actual) && isNumber(expected) && +actual === +expected));

const ordered =
  (holds: (difference: number) => boolean) =>
  (actual: string | undefined, expected: string): boolean =>
    actual !== undefined && isNumber(actual) && isNumber(expected) && holds(Number(actual) - Number(expected));

const isNumber = (text: string): boolean => text.trim() !== '' && Number.isFinite(Number(text));

const COMPARISONS: Readonly<Record<string, (actual: string | undefined, expected: string) => boolean>> = {
  '=': equals,
  '!=': (actual, expected) => !equals(actual, expected),
  '<': ordered((difference) => difference < 0),
  '<=': ordered((difference) => difference <= 0),
  '>': ordered((difference) => difference > 0),
  '>=': ordered((difference) => difference >= 0),
};
