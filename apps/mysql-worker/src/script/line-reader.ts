import type { Readable } from 'node:stream';

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * Of a longer line the rest is passed over while it is read, so that a line of 600 MB takes no memory. More than what is
 * shown of a line, so that a secret is recognized also where the shown part ends in it: the longest secret is 8 KB
 * (an advanced parameter of Parameter Store), and escaped it may be several times as long.
 */
const KEPT_BYTES = 64 * 1024;

/** Calls back with each line of a stream as it comes; lines end as they do in a terminal, with LF, CR or both. */
export function forEachLine(stream: Readable, onLine: (line: string) => void): void {
  const reader = new LineReader(onLine);
  stream.on('data', (chunk: Buffer) => reader.push(chunk));
  stream.once('close', () => reader.end());
}

/** Cuts bytes into lines, of which each has at most 64 KiB. */
export class LineReader {
  readonly #onLine: (line: string) => void;
  #kept: Buffer[] = [];
  #keptBytes = 0;
  #inLine = false;
  #afterCarriageReturn = false;

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  push(chunk: Buffer): void {
    let at = this.#afterCarriageReturn && chunk[0] === NEWLINE ? 1 : 0;
    this.#afterCarriageReturn = false;
    let newline = indexOrEnd(chunk, NEWLINE, at);
    let carriageReturn = indexOrEnd(chunk, CARRIAGE_RETURN, at);
    for (;;) {
      const end = Math.min(newline, carriageReturn);
      this.#keep(chunk, at, end);
      if (end === chunk.length) return;
      this.#passOn();
      at = end + 1;
      if (end === carriageReturn) {
        if (at === chunk.length) this.#afterCarriageReturn = true;
        else if (chunk[at] === NEWLINE) at++;
        carriageReturn = indexOrEnd(chunk, CARRIAGE_RETURN, at);
      }
      if (newline < at) newline = indexOrEnd(chunk, NEWLINE, at);
    }
  }

  /** Passes on a last line that has no end. */
  end(): void {
    if (this.#inLine) this.#passOn();
  }

  #keep(chunk: Buffer, from: number, end: number): void {
    if (from >= end) return;
    this.#inLine = true;
    const room = KEPT_BYTES - this.#keptBytes;
    if (room <= 0) return;
    // A copy: a small piece would hold on to the memory of its whole chunk.
    const piece = Buffer.from(chunk.subarray(from, Math.min(end, from + room)));
    this.#kept.push(piece);
    this.#keptBytes += piece.length;
  }

  #passOn(): void {
    const [first] = this.#kept;
    const line = this.#kept.length === 1 && first ? first : Buffer.concat(this.#kept);
    this.#kept = [];
    this.#keptBytes = 0;
    this.#inLine = false;
    this.#onLine(line.toString('utf8'));
  }
}

function indexOrEnd(chunk: Buffer, byte: number, from: number): number {
  const index = chunk.indexOf(byte, from);
  return index === -1 ? chunk.length : index;
}
