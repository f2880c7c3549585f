import { Writable } from 'node:stream';
import { releaseMemory } from './release-memory.ts';

const BLOCK_BYTES = 1024 ** 2;
/** One is filled and one compressed at a time; the others are for when one side is the faster one for a moment. */
const BLOCKS = 4;

/**
 * Writes what it is given to `target` in blocks of 1 MiB, in memory that it uses over and over; a chunk's own memory is
 * given back as soon as it is copied. A compressor on another thread is told of each piece by the main thread: with
 * pieces as small as a pipe has them, the two wait for each other more than they work.
 */
export class BlockWriter extends Writable {
  readonly #target: Writable;
  readonly #readAlong: (chunk: Buffer) => void;
  /** The first is the one that is being filled. */
  readonly #free: Buffer[] = Array.from({ length: BLOCKS }, () => Buffer.allocUnsafeSlow(BLOCK_BYTES));
  #filledBytes = 0;
  #whenFree: (() => void) | undefined;

  /** `readAlong` sees each chunk before it is copied; what it throws ends both streams. */
  constructor(target: Writable, readAlong: (chunk: Buffer) => void) {
    super();
    this.#target = target;
    this.#readAlong = readAlong;
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error) => void): void {
    try {
      this.#readAlong(chunk);
    } catch (error) {
      done(error as Error);
      return;
    }
    this.#copy(chunk, 0, () => {
      releaseMemory(chunk);
      done();
    });
  }

  override _final(done: () => void): void {
    if (this.#filledBytes > 0) this.#target.write(this.#free[0]?.subarray(0, this.#filledBytes));
    this.#target.end(done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    if (error) this.#target.destroy(error);
    done(error);
  }

  #copy(chunk: Buffer, from: number, done: () => void): void {
    let at = from;
    while (at < chunk.length) {
      const block = this.#free[0];
      if (block === undefined) {
        this.#whenFree = () => this.#copy(chunk, at, done);
        return;
      }
      const copied = chunk.copy(block, this.#filledBytes, at);
      at += copied;
      this.#filledBytes += copied;
      if (this.#filledBytes === BLOCK_BYTES) this.#pass(block);
    }
    done();
  }

  #pass(block: Buffer): void {
    this.#free.shift();
    this.#filledBytes = 0;
    this.#target.write(block, (error) => {
      // After an error the target may still be reading the block.
      if (error) return;
      this.#free.push(block);
      const whenFree = this.#whenFree;
      this.#whenFree = undefined;
      whenFree?.();
    });
  }
}
