import { AwsError } from '../../endpoint/aws-error.ts';

/** One word of a query: what kind it is, and its text without quotes. */
export interface Token {
  kind: 'name' | 'number' | 'regex' | 'string' | 'symbol';
  text: string;
}

const TOKEN =
  /\s*(?:(?<number>-?\d+(?:\.\d+)?(?![\w.]))|"(?<double>(?:[^"\\]|\\.)*)"|'(?<single>(?:[^'\\]|\\.)*)'|`(?<quoted>[^`]+)`|\/(?<regex>(?:[^/\\\n]|\\.)+)\/|(?<symbol>!=|<=|>=|=~|[=<>(),[\]*|])|(?<name>[@A-Za-z_][\w.@]*))/y;

/** Splits a query of Logs Insights into its words. Throws `MalformedQueryException`. */
export function tokenize(query: string): Token[] {
  // A line that begins with # is a comment.
  const text = query.replaceAll(/^\s*#.*$/gm, '').trimEnd();
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const groups = TOKEN.exec(text)?.groups;
    if (!groups) throw malformed(`unexpected symbol found ${text.slice(at).trim().slice(0, 1)} at ${String(at)}`);
    tokens.push(tokenOf(groups));
  }
  return tokens;
}

function tokenOf(groups: Record<string, string | undefined>): Token {
  const { number, double, single, quoted, regex, symbol, name } = groups;
  const string = double ?? single;
  if (number !== undefined) return { kind: 'number', text: number };
  if (string !== undefined) return { kind: 'string', text: string.replaceAll(/\\(.)/g, '$1') };
  if (regex !== undefined) return { kind: 'regex', text: regex };
  if (symbol !== undefined) return { kind: 'symbol', text: symbol };
  return { kind: 'name', text: quoted ?? name ?? '' };
}

/** What CloudWatch Logs answers to a query that it cannot read, and this cloud to one that it does not run. */
export const malformed = (why: string): AwsError => new AwsError('MalformedQueryException', why);
