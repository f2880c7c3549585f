import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress } from 'node:zlib';
import type { Readable } from 'node:stream';
import type { ScriptExit } from '../../script/script-process.ts';
import { BlockWriter } from './block-writer.ts';
import { DumpInspector } from './dump-inspector.ts';

/** The process that writes a dump to its standard output. */
export interface DumpProcess {
  /** Each chunk's memory is given back once it is read, so nobody else may keep one. */
  stdout: Readable;
  exit: Promise<ScriptExit>;
  kill(): void;
}

export interface CompressedDumpOptions {
  /** Starts the dump; called when the first byte is asked for, so nothing is read before there is a place for it. */
  start: () => DumpProcess;
  /** Throws when the dump must not count as good. Called after the process ended and everything it wrote was read. */
  requireGood: (exit: ScriptExit, inspector: DumpInspector, bytes: number) => void;
  /** Called with the number of bytes of each piece that was read. */
  onBytes: (bytes: number) => void;
  /** Kills the dump, also one that is silent: whoever waits for its next piece cannot ask it to end. */
  signal: AbortSignal;
}

/**
 * `ZSTD_c_nbWorkers` stays at 0: with threads of zstd's own, Node's stream ends before they have delivered
 * (Node 24.21: output cut short, then `stream.push() after EOF`).
 * The checksum lets `zstd -t` find a flipped bit; it is off by default.
 */
const ZSTD_PARAMETERS = { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_checksumFlag]: 1 };

/** Of what zstd writes, in a piece: with Node's 16 KiB, each of its turns takes two or three trips to its thread. */
const PIECE_BYTES = 256 * 1024;

/**
 * A dump, compressed with zstd while it is made. Iterating it ends well only when the dump is good: otherwise the
 * iteration throws after its last piece, so whoever stores the pieces must not complete before the end.
 */
export class CompressedDump implements AsyncIterable<Buffer> {
  readonly inspector = new DumpInspector();
  readonly #options: CompressedDumpOptions;
  readonly #hash = createHash('sha256');
  #bytes = 0;

  constructor(options: CompressedDumpOptions) {
    this.#options = options;
  }

  /** Bytes before compression. */
  get bytes(): number {
    return this.#bytes;
  }

  /** SHA-256 of the dump before compression; to be asked for once, at the end. */
  sha256(): string {
    return this.#hash.digest('hex');
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer, void, void> {
    const { signal } = this.#options;
    signal.throwIfAborted();
    const dump = this.#options.start();
    const kill = (): void => dump.kill();
    signal.addEventListener('abort', kill, { once: true });
    const zstd = createZstdCompress({ params: ZSTD_PARAMETERS, chunkSize: PIECE_BYTES });
    const blocks = new BlockWriter(zstd, (chunk) => this.#readAlong(chunk));
    const piped = pipeline(dump.stdout, blocks);
    // Reported where the pieces are read; this keeps Node from calling it unhandled when nobody reads on.
    piped.catch(() => undefined);
    try {
      yield* zstd as AsyncIterable<Buffer>;
      await piped;
      this.#options.requireGood(await dump.exit, this.inspector, this.#bytes);
    } finally {
      signal.removeEventListener('abort', kill);
      dump.kill();
      blocks.destroy();
      zstd.destroy();
      await dump.exit.catch(() => undefined);
    }
  }

  #readAlong(chunk: Buffer): void {
    this.#bytes += chunk.length;
    this.#hash.update(chunk);
    this.inspector.push(chunk);
    this.#options.onBytes(chunk.length);
  }
}
