import { longestForm, secretPatterns } from './secret-forms.ts';

const HIDDEN = '***';

/**
 * From here on a secret is taken for random: none of our names, numbers and paths is like it. A shorter or plainer one may
 * also be the name of a database: hiding it in what we say ourselves would garble that, and tell the secret.
 */
const MIN_LENGTH_OF_RANDOM = 16;
const KINDS_OF_CHARACTERS = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/];
const MIN_KINDS_OF_RANDOM = 3;

/** What no text that leaves the process may hold, and how it is taken out of one. */
export class Secrets {
  readonly #texts = new Set<string>();
  #any: RegExp | undefined;
  #random: RegExp | undefined;
  #longestForm = 0;

  hide(text: string): void {
    // A secret of several lines is printed as several lines.
    for (const part of [text, ...text.split(/[\r\n]+/)]) if (part !== '') this.#texts.add(part);
    const longestFirst = [...this.#texts].sort((a, b) => b.length - a.length);
    this.#any = patternOf(longestFirst);
    this.#random = patternOf(longestFirst.filter(isRandom));
    this.#longestForm = Math.max(0, ...longestFirst.map(longestForm));
  }

  /** Hides every secret: for text that others wrote, such as the output of a script or a server's message. */
  redact(text: string): string {
    return this.#any === undefined ? text : text.replace(this.#any, HIDDEN);
  }

  /** Hides those that cannot be mistaken for anything else: for what we say ourselves, where none should be. */
  redactRandom(text: string): string {
    return this.#random === undefined ? text : text.replace(this.#random, HIDDEN);
  }

  /**
   * The first `maxCharacters` of a text with every secret hidden, also one that the cut goes through; `…` marks a cut.
   */
  redactAndCut(text: string, maxCharacters: number): string {
    if (text.length <= maxCharacters) return this.redact(text);
    // Nothing that begins further on is shown, and nothing that begins before is longer than this.
    const looked = text.slice(0, maxCharacters + this.#longestForm + 1);
    const pieces: string[] = [];
    let at = 0;
    for (const match of this.#any === undefined ? [] : looked.matchAll(this.#any)) {
      if (match.index >= maxCharacters) break;
      pieces.push(looked.slice(at, match.index), HIDDEN);
      at = match.index + match[0].length;
    }
    pieces.push(looked.slice(at, Math.max(at, maxCharacters)));
    return `${withoutHalfCharacter(pieces.join(''))}…`;
  }
}

function patternOf(texts: readonly string[]): RegExp | undefined {
  return texts.length === 0 ? undefined : new RegExp(texts.flatMap(secretPatterns).join('|'), 'g');
}

function isRandom(text: string): boolean {
  const kinds = KINDS_OF_CHARACTERS.filter((kind) => kind.test(text)).length;
  return text.length >= MIN_LENGTH_OF_RANDOM && kinds >= MIN_KINDS_OF_RANDOM;
}

/** A cut may leave the first half of a character that takes two. */
const withoutHalfCharacter = (text: string): string => text.replace(/[\uD800-\uDBFF]$/, '');
