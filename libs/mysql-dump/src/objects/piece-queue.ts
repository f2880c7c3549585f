/**
 * Pieces from one side to a reader on the other. Once the reader asks for the next, a piece's memory is given back, and
 * `onTaken` is called: pieces that are left to the garbage collector pile up faster than it runs.
 */
export class PieceQueue implements AsyncIterable<Uint8Array> {
  readonly #pieces: Uint8Array<ArrayBuffer>[] = [];
  readonly #onTaken: () => void;
  #ended = false;
  #failure: { reason: unknown } | undefined;
  #wake: () => void = () => undefined;

  constructor(onTaken: () => void) {
    this.#onTaken = onTaken;
  }

  push(piece: Uint8Array<ArrayBuffer>): void {
    this.#pieces.push(piece);
    this.#wake();
  }

  /** The reader ends after the last piece. */
  end(): void {
    this.#ended = true;
    this.#wake();
  }

  /** The reader gets this error in place of the next piece. */
  fail(reason: unknown): void {
    this.#failure ??= { reason };
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, void> {
    for (;;) {
      if (this.#failure !== undefined) throw this.#failure.reason;
      const piece = this.#pieces.shift();
      if (piece !== undefined) {
        yield piece;
        piece.buffer.transfer(0);
        this.#onTaken();
      } else if (this.#ended) return;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}
