import { GrantProblem, type Found } from './grant-problem.ts';
import { grantTokens, type GrantToken } from './grant-tokens.ts';

/** What no name on a server can hold. */
const NOT_IN_A_NAME = /[\0\u{10000}-\u{10FFFF}]/u;

/** Reads the text of a GRANT from left to right; `expect…` and `read…` throw when the next thing is another. */
export class GrantReader {
  readonly #tokens: readonly GrantToken[];
  readonly #rest: string;
  readonly #restAt: number;
  #position = 0;

  constructor(text: string) {
    ({ tokens: this.#tokens, rest: this.#rest, restAt: this.#restAt } = grantTokens(text));
  }

  nextIsWord(word?: string): boolean {
    const next = this.#next;
    return next?.kind === 'word' && (word === undefined || next.text.toUpperCase() === word);
  }

  takeWord(word: string): boolean {
    const found = this.nextIsWord(word);
    if (found) this.#position++;
    return found;
  }

  takeSign(sign: string): boolean {
    const found = this.#next?.kind === 'sign' && this.#next.text === sign;
    if (found) this.#position++;
    return found;
  }

  expectWord(word: string): void {
    if (!this.takeWord(word)) throw this.#unexpected(word);
  }

  expectSign(sign: string): void {
    if (!this.takeSign(sign)) throw this.#unexpected(`"${sign}"`);
  }

  expectEnd(): void {
    if (this.#next !== undefined || this.#rest !== '') throw this.#unexpected('its end');
  }

  readWord(): string {
    return this.#read(['word'], 'a word');
  }

  /** The name of a database, table or column. */
  readName(): string {
    const { at } = this;
    const name = this.#read(['word', 'name'], 'a name');
    if (NOT_IN_A_NAME.test(name) || !name.isWellFormed()) {
      throw new GrantProblem((quote) => `${quote(name)} cannot be a name`, at);
    }
    return name;
  }

  /** The user or the host of an account. */
  readAccountPart(): string {
    return this.#read(['word', 'name', 'string'], 'an account');
  }

  /** One or more, with commas between. */
  list<Item>(readItem: () => Item): Item[] {
    const items = [readItem()];
    while (this.takeSign(',')) items.push(readItem());
    return items;
  }

  /** What comes next, as it is written. */
  describeNext: Found = (quote) => {
    const written = this.#next?.written ?? this.#rest;
    return written === '' ? 'nothing' : quote(written);
  };

  /** Where the next thing begins: 1 is the first character. */
  get at(): number {
    return this.#next?.at ?? this.#restAt;
  }

  get #next(): GrantToken | undefined {
    return this.#tokens[this.#position];
  }

  #read(kinds: readonly GrantToken['kind'][], expected: string): string {
    const next = this.#next;
    if (next === undefined || !kinds.includes(next.kind)) throw this.#unexpected(expected);
    this.#position++;
    return next.text;
  }

  #unexpected(expected: string): Error {
    return new GrantProblem((quote) => `${expected} is expected instead of ${this.describeNext(quote)}`, this.at);
  }
}
