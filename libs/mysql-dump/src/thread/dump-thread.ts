import { Worker } from 'node:worker_threads';
import { JobError } from '@serverless-ops/job-schemas';
import type { DatabaseConnection } from '@serverless-ops/mysql-connect';
import type { DumpTable } from '../dump-table.ts';
import {
  NEVER_FULL,
  type ChunkOrder,
  type ChunkResult,
  type ThreadAnswer,
  type ThreadData,
  type ThreadMessage,
  type ThreadOrder,
} from './messages.ts';
import { threadEntry } from './thread-entry.ts';

/** Called as a thread works. */
export interface ThreadEvents {
  readonly onPiece: (piece: Uint8Array<ArrayBuffer>, bytes: number, rows: number) => void;
  readonly onChunk: (result: ChunkResult) => void;
}

/**
 * What V8 keeps for objects that have just been made. The driver's objects are short-lived, and each holds memory outside
 * of V8 that a small space gives back sooner: with V8's own 16 MB and more, threads hold 100 MB each.
 */
const YOUNG_GENERATION_MB = 1;

/** A thread that does not hear for so long is terminated: it is in no loop of events, or Node itself hangs. */
const END_MS = 3_000;

/** A worker thread with a session of its own. It does one thing at a time. */
export class DumpThread {
  readonly #worker: Worker;
  readonly #untaken = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  readonly #untakenCount = new Int32Array(this.#untaken);
  readonly #events: ThreadEvents;
  #answer: { resolve: (answer: ThreadAnswer) => void; reject: (error: unknown) => void } | undefined;
  readonly #ready: Promise<ThreadAnswer>;
  #lost: Error | undefined;
  readonly #exited: Promise<void>;

  constructor(connection: DatabaseConnection, events: ThreadEvents) {
    this.#events = events;
    const workerData: ThreadData = { connection, untaken: this.#untaken };
    this.#worker = new Worker(threadEntry(), {
      workerData,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
    });
    this.#worker.on('message', (messages: readonly ThreadMessage[]) => {
      for (const message of messages) this.#onMessage(message);
    });
    this.#worker.on('error', (error: Error) => this.#onLost(error));
    this.#exited = new Promise((resolve) => this.#worker.on('exit', () => resolve()));
    this.#worker.on('exit', (code) => this.#onLost(new Error(`A thread of the dump ended with exit code ${code}`)));
    this.#ready = this.#nextAnswer();
    // Reported where it is waited for; a thread that is terminated before that is no unhandled error.
    this.#ready.catch(() => undefined);
  }

  /** Waits until the thread has its session. Throws the JobErrors of `connect`. */
  async ready(): Promise<void> {
    await this.#ready;
  }

  async begin(): Promise<void> {
    await this.#order({ type: 'begin' });
  }

  async plan(table: DumpTable, chunkRows: number): Promise<(string | undefined)[]> {
    const answer = await this.#order({ type: 'plan', table, chunkRows });
    return answer.type === 'planned' ? answer.conditions : [];
  }

  /** Reads chunks one after the other; pieces and results come as events. */
  async dump(chunks: readonly ChunkOrder[]): Promise<void> {
    await this.#order({ type: 'dump', chunks });
  }

  /** One piece less that waits for its upload. */
  taken(): void {
    Atomics.sub(this.#untakenCount, 0, 1);
    Atomics.notify(this.#untakenCount, 0);
  }

  /**
   * Ends the thread, and its session with it; what it still has on its way comes as events. Safe to call twice.
   *
   * The thread ends itself: Node 24 aborts the whole process when a thread is terminated while it makes a zstd stream
   * ("close before init" in node_zlib.cc).
   */
  async end(): Promise<void> {
    Atomics.store(this.#untakenCount, 0, NEVER_FULL);
    Atomics.notify(this.#untakenCount, 0);
    this.#worker.postMessage({ type: 'end' } satisfies ThreadOrder);
    const late = setTimeout(() => void this.#worker.terminate(), END_MS);
    await this.#exited;
    clearTimeout(late);
  }

  async #order(order: ThreadOrder): Promise<ThreadAnswer> {
    const answer = this.#nextAnswer();
    this.#worker.postMessage(order);
    return answer;
  }

  async #nextAnswer(): Promise<ThreadAnswer> {
    if (this.#lost !== undefined) throw this.#lost;
    return new Promise((resolve, reject) => (this.#answer = { resolve, reject }));
  }

  #onMessage(message: ThreadMessage): void {
    switch (message.type) {
      case 'piece':
        this.#events.onPiece(message.piece, message.bytes, message.rows);
        break;
      case 'chunk':
        this.#events.onChunk(message.result);
        break;
      case 'failed':
        this.#answer?.reject(new JobError(message.code, message.message));
        break;
      case 'done':
      case 'planned':
        this.#answer?.resolve(message);
    }
  }

  #onLost(error: Error): void {
    this.#lost ??= error;
    this.#answer?.reject(error);
  }
}
