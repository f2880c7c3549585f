import { AwsError } from '../endpoint/aws-error.ts';
import { parseJsonFilter } from './json-filter.ts';

type MessageFilter = (message: string) => boolean;

/**
 * A CloudWatch Logs filter pattern: words that must all be in the message, `-word` for must not, `?word` for at
 * least one of, `"a phrase"`, `%a regular expression%`, or `{ $.level = "error" }` for JSON messages.
 * Throws `InvalidParameterException` for the rest (patterns by columns in brackets).
 */
export function parseFilterPattern(pattern: string): MessageFilter {
  const trimmed = pattern.trim();
  if (trimmed === '') return () => true;
  if (trimmed.startsWith('{')) return parseJsonFilter(trimmed);
  const terms = trimmed.match(/[-?]?(?:"(?:[^"\\]|\\.)*"|%[^%]+%|[^\s"%[\]{}]+)/g) ?? [];
  if (terms.join('').length !== trimmed.replaceAll(/\s+(?=(?:[^"%]*["%][^"%]*["%])*[^"%]*$)/g, '').length) {
    throw new AwsError('InvalidParameterException', `Invalid filter pattern: ${pattern}`);
  }
  const required = terms.filter((term) => !/^[-?]/.test(term)).map(termFilter);
  const excluded = terms.filter((term) => term.startsWith('-')).map((term) => termFilter(term.slice(1)));
  const optional = terms.filter((term) => term.startsWith('?')).map((term) => termFilter(term.slice(1)));
  return (message) =>
    required.every((matches) => matches(message)) &&
    !excluded.some((matches) => matches(message)) &&
    (optional.length === 0 || required.length > 0 || optional.some((matches) => matches(message)));
}

function termFilter(term: string): MessageFilter {
  if (term.startsWith('%')) {
    const expression = new RegExp(term.slice(1, -1));
    return (message) => expression.test(message);
  }
  const text = term.startsWith('"') ? term.slice(1, -1).replaceAll(/\\(.)/g, '$1') : term;
  return (message) => message.includes(text);
}
