import { StatesError } from '../states-error.ts';

/** `States.Format('{} of {}', $.done, 3)` taken apart. */
export type IntrinsicArgument =
  | { kind: 'literal'; value: string | number | boolean | null }
  | { kind: 'path'; path: string }
  | { kind: 'call'; name: string; arguments: IntrinsicArgument[] };

const NAME = /States\.[A-Za-z0-9]+/y;
const STRING = /'((?:[^'\\]|\\.)*)'/y;
const NUMBER_OR_WORD = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const SPACES = /\s*/y;

const unescaped = (text: string): string => text.replace(/\\(['\\{}])/g, '$1');

/**
 * Reads an intrinsic function call. In strings `\'`, `\\`, `\{` and `\}` stand for the character; the template of
 * `States.Format` is left as it is written, because only there an escaped brace differs from a plain one.
 */
export function parseIntrinsicCall(text: string): IntrinsicArgument & { kind: 'call' } {
  let position = 0;

  const fail = (): never => {
    throw new StatesError('States.Runtime', `The intrinsic function '${text}' cannot be read at position ${position}`);
  };
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = position;
    const match = pattern.exec(text);
    if (match) position = pattern.lastIndex;
    return match;
  };
  const expect = (character: string): void => {
    if (text[position] !== character) fail();
    position += 1;
  };

  const call = (): IntrinsicArgument & { kind: 'call' } => {
    const name = take(NAME)?.[0] ?? fail();
    expect('(');
    const list: IntrinsicArgument[] = [];
    take(SPACES);
    while (text[position] !== ')') {
      if (list.length > 0) {
        expect(',');
        take(SPACES);
      }
      list.push(argument(name === 'States.Format' && list.length === 0));
      take(SPACES);
    }
    expect(')');
    return { kind: 'call', name, arguments: list };
  };

  const argument = (isTemplate: boolean): IntrinsicArgument => {
    if (text[position] === '$') return { kind: 'path', path: path() };
    const string = take(STRING);
    if (string) return { kind: 'literal', value: isTemplate ? (string[1] ?? '') : unescaped(string[1] ?? '') };
    const word = take(NUMBER_OR_WORD);
    if (word) return { kind: 'literal', value: JSON.parse(word[0]) as number | boolean | null };
    return call();
  };

  /** A path ends at the comma or bracket that is not its own. */
  const path = (): string => {
    const start = position;
    let depth = 0;
    for (; position < text.length; position += 1) {
      const character = text[position] ?? '';
      if (character === "'" || character === '"') position = text.indexOf(character, position + 1);
      if (position < 0) break;
      if (depth === 0 && (character === ',' || character === ')')) break;
      if ('(['.includes(character)) depth += 1;
      if (')]'.includes(character)) depth -= 1;
    }
    if (position < 0) position = text.length;
    return text.slice(start, position).trim();
  };

  const parsed = call();
  if (position !== text.length) fail();
  return parsed;
}
