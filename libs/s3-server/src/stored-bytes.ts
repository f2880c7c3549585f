import { rm } from 'node:fs/promises';
import { createReadStream } from 'node:fs';

/** A file with bytes of an object. */
export interface StoredFile {
  path: string;
  sizeBytes: number;
}

/** From this byte to that one, both included. */
export interface ByteRange {
  first: number;
  last: number;
}

/** How much is read from the disk at a time. */
const READ_BYTES = 256 * 1024;

/** The bytes of an object: one file, or one for each part, so that completing an upload copies nothing. */
export class StoredBytes {
  readonly files: readonly StoredFile[];
  readonly sizeBytes: number;
  #readers = 0;
  #isDropped = false;

  constructor(files: readonly StoredFile[]) {
    this.files = files;
    this.sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  }

  /** Reads a range from the disk as it is taken. What is dropped meanwhile is still read to its end. */
  async *read({ first, last }: ByteRange = { first: 0, last: this.sizeBytes - 1 }): AsyncGenerator<Buffer> {
    this.#readers += 1;
    try {
      let offset = 0;
      for (const { path, sizeBytes } of this.files) {
        const start = Math.max(first - offset, 0);
        const end = Math.min(last - offset, sizeBytes - 1);
        offset += sizeBytes;
        if (start > end) continue;
        yield* createReadStream(path, { start, end, highWaterMark: READ_BYTES }) as AsyncIterable<Buffer>;
      }
    } finally {
      this.#readers -= 1;
      if (this.#isDropped) await this.drop();
    }
  }

  /** Removes the files once no request reads them. */
  async drop(): Promise<void> {
    this.#isDropped = true;
    if (this.#readers > 0) return;
    await Promise.all(this.files.map(({ path }) => rm(path, { force: true })));
  }
}
