/** How much is kept of something that may write without end. */
export interface LastLinesLimits {
  lines: number;
  /** Bytes of UTF-8 that all lines together take as a JSON array: JSON escapes a quote to 2 bytes, a control character to 6. */
  jsonBytes: number;
}

/** The last lines of something that may write without end, cut to what may be passed on of them. */
export class LastLines {
  readonly #limits: LastLinesLimits;
  readonly #lines: string[] = [];

  constructor(limits: LastLinesLimits) {
    this.#limits = limits;
  }

  push(line: string): void {
    this.#lines.push(line);
    if (this.#lines.length > this.#limits.lines) this.#lines.shift();
  }

  /** Oldest first. The oldest are left out when all are too much; a single line that is too much is cut. */
  get lines(): string[] {
    let roomBytes = this.#limits.jsonBytes - '[]'.length;
    const fitting: string[] = [];
    for (const line of this.#lines.toReversed()) {
      const bytes = jsonBytes(line) + ','.length;
      if (bytes > roomBytes) break;
      roomBytes -= bytes;
      fitting.unshift(line);
    }
    const newest = this.#lines.at(-1);
    return fitting.length === 0 && newest !== undefined ? [cutToJsonBytes(newest, roomBytes)] : fitting;
  }
}

const jsonBytes = (text: string): number => Buffer.byteLength(JSON.stringify(text));

/** As many characters from the beginning of a text as fit, with `…` after them. */
function cutToJsonBytes(text: string, maxBytes: number): string {
  let roomBytes = maxBytes - jsonBytes('…');
  let end = 0;
  for (const character of text) {
    roomBytes -= jsonBytes(character) - '""'.length;
    if (roomBytes < 0) break;
    end += character.length;
  }
  return `${text.slice(0, end)}…`;
}
