import { malformed, type Token } from './tokenize.ts';

/** Reads the words of a query one after the other. */
export class TokenReader {
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get isAtEnd(): boolean {
    return this.#next >= this.#tokens.length;
  }

  peek(): Token | undefined {
    return this.#tokens[this.#next];
  }

  take(): Token {
    const token = this.peek();
    if (!token) throw malformed('unexpected end of the query');
    this.#next += 1;
    return token;
  }

  /** Takes the next word when it is this symbol or, in any case of letters, this keyword. */
  takeIf(text: string): boolean {
    const token = this.peek();
    const isIt =
      token !== undefined &&
      (token.kind === 'symbol' || token.kind === 'name') &&
      token.text.toLowerCase() === text.toLowerCase();
    if (isIt) this.#next += 1;
    return isIt;
  }

  expect(text: string): void {
    if (!this.takeIf(text)) throw malformed(`expected ${text} and found ${this.peek()?.text ?? 'the end'}`);
  }

  takeKind(kind: Token['kind']): string {
    const token = this.take();
    if (token.kind !== kind) throw malformed(`expected a ${kind} and found ${token.text}`);
    return token.text;
  }

  /** Items with commas between them. */
  list<Item>(readItem: () => Item): Item[] {
    const items = [readItem()];
    while (this.takeIf(',')) items.push(readItem());
    return items;
  }
}
