/** A piece of SQL; all pieces together are the text. */
export interface SqlToken {
  readonly kind: 'name' | 'string' | 'word' | 'comment' | 'space' | 'symbol';
  readonly text: string;
}

export interface SqlDialect {
  /** As the server lists it, such as `ANSI_QUOTES,NO_BACKSLASH_ESCAPES`. @default no mode */
  readonly sqlMode?: string;
  /** The character set that the text's bytes are in. @default one in which no byte of a character looks like ASCII */
  readonly characterSet?: string;
}

/** Where the second byte of a character may be a quote or a backslash: the bytes that begin a character. */
const TWO_BYTES: Readonly<Record<string, RegExp>> = {
  big5: /[\x81-\xfe]/,
  gbk: /[\x81-\xfe]/,
  gb18030: /[\x81-\xfe]/,
  sjis: /[\x81-\x9f\xe0-\xfc]/,
  cp932: /[\x81-\x9f\xe0-\xfc]/,
};

/** Whether a byte of a character of this set may look like a quote or a backslash. */
export function hidesAscii(characterSet: string): boolean {
  return characterSet in TWO_BYTES;
}

const WORD = /[\w$\x80-\xff]/;
const SPACE = /[\s\0]/;

/** Cuts a statement into pieces as the server's own scanner does. The text has one character for each byte (latin1). */
export function* scanSql(text: string, { sqlMode = '', characterSet = '' }: SqlDialect = {}): Generator<SqlToken> {
  const ansiQuotes = /\bANSI_QUOTES\b/.test(sqlMode);
  const escapes = !/\bNO_BACKSLASH_ESCAPES\b/.test(sqlMode);
  const lead = TWO_BYTES[characterSet];
  const width = (at: number): number => (lead?.test(text.charAt(at)) === true ? 2 : 1);

  /** Where what starts with a quote ends; a doubled quote is a part of it. */
  const endOfQuoted = (start: number, isName: boolean): number => {
    const quote = text.charAt(start);
    for (let at = start + 1; at < text.length; at += width(at)) {
      if (text.charAt(at) === '\\' && escapes && !isName) at++;
      else if (text.charAt(at) === quote) {
        if (text.charAt(at + 1) !== quote) return at + 1;
        at++;
      }
    }
    return text.length;
  };
  const endOf = (start: number, match: RegExp): number => {
    let at = start;
    while (at < text.length && match.test(text.charAt(at))) at += width(at);
    return at;
  };
  const endAfter = (start: number, end: string): number => {
    const at = text.indexOf(end, start);
    return at === -1 ? text.length : at + end.length;
  };

  for (let start = 0; start < text.length;) {
    const [kind, end] = ((): [SqlToken['kind'], number] => {
      const character = text.charAt(start);
      if (character === '`' || (character === '"' && ansiQuotes)) return ['name', endOfQuoted(start, true)];
      if (character === "'" || character === '"') return ['string', endOfQuoted(start, false)];
      if (character === '#' || /^--(?:[\s\0]|$)/.test(text.slice(start, start + 3)))
        return ['comment', endAfter(start, '\n')];
      // What is in `/*! ... */` is SQL.
      if (text.startsWith('/*', start) && !/^\/\*M?!/.test(text.slice(start, start + 4)))
        return ['comment', endAfter(start + 2, '*/')];
      if (SPACE.test(character)) return ['space', endOf(start, SPACE)];
      if (WORD.test(character)) return ['word', endOf(start, WORD)];
      return ['symbol', start + 1];
    })();
    yield { kind, text: text.slice(start, end) };
    start = end;
  }
}

/** The name that a piece of kind `name` or `word` stands for. */
export function unquoted({ kind, text }: SqlToken): string {
  if (kind !== 'name') return text;
  const quote = text.charAt(0);
  return text.slice(1, -1).replaceAll(quote + quote, quote);
}
