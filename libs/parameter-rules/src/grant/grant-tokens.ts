/** A piece of the text of a GRANT, with what it means and how it was written. */
export interface GrantToken {
  /** `name` and `string` are quoted with backticks and with quotes; `word` and `sign` are not quoted. */
  readonly kind: 'word' | 'name' | 'string' | 'sign';
  /** Quotes and doubled quotes taken out. */
  readonly text: string;
  readonly written: string;
  /** Where it begins: 1 is the first character. */
  readonly at: number;
}

/** Comments begin with signs that are not among these, and so do not get through. */
const TOKEN =
  /\s+|(?<word>[\p{L}\p{N}_$]+)|`(?<name>(?:[^`]|``)+)`|'(?<single>(?:[^'\\]|'')*)'|"(?<double>(?:[^"\\]|"")*)"|(?<sign>[,().*@;])/uy;

/** The text in pieces; the last is what cannot be one, when there is such a thing. */
export function grantTokens(text: string): { tokens: GrantToken[]; rest: string; restAt: number } {
  const tokens: GrantToken[] = [];
  let position = 0;
  while (position < text.length) {
    TOKEN.lastIndex = position;
    const match = TOKEN.exec(text);
    if (match === null) break;
    const at = position + 1;
    position = TOKEN.lastIndex;
    const { word, name, single, double, sign } = match.groups ?? {};
    const [written] = match;
    if (word !== undefined) tokens.push({ kind: 'word', text: word, written, at });
    if (name !== undefined) tokens.push({ kind: 'name', text: name.replaceAll('``', '`'), written, at });
    if (single !== undefined) tokens.push({ kind: 'string', text: single.replaceAll("''", "'"), written, at });
    if (double !== undefined) tokens.push({ kind: 'string', text: double.replaceAll('""', '"'), written, at });
    if (sign !== undefined) tokens.push({ kind: 'sign', text: sign, written, at });
  }
  return { tokens, rest: text.slice(position), restAt: position + 1 };
}
