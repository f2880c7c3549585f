/** Gives the bytes of a source in as many runs as are asked for, one after the other. */
export class ByteQueue {
  readonly #iterator: AsyncIterator<Uint8Array>;
  #rest: Uint8Array = new Uint8Array();
  #hasEnded = false;
  #hasFailed = false;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#iterator = source[Symbol.asyncIterator]();
  }

  /** Whether the source threw. */
  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  async isAtEnd(): Promise<boolean> {
    while (this.#rest.length === 0 && !this.#hasEnded) await this.#pull();
    return this.#rest.length === 0;
  }

  /** The next bytes: fewer than so many only where the source ends. */
  async *take(bytes: number): AsyncGenerator<Uint8Array> {
    let left = bytes;
    while (left > 0 && !(await this.isAtEnd())) {
      const taken = this.#rest.subarray(0, left);
      this.#rest = this.#rest.subarray(taken.length);
      left -= taken.length;
      yield taken;
    }
  }

  /** Reads the source to its end. */
  async drain(): Promise<void> {
    while (!this.#hasEnded && !this.#hasFailed) await this.#pull();
  }

  async #pull(): Promise<void> {
    try {
      const next = await this.#iterator.next();
      this.#hasEnded = next.done === true;
      if (next.done !== true) this.#rest = next.value;
    } catch (error) {
      this.#hasFailed = true;
      throw error;
    }
  }
}
