import type { DumpRowsOptions, RowsChunk, RowsReport } from './dump-rows.ts';
import { estimatedBytes, WorkQueue } from './chunks/work-queue.ts';
import { RowsObjects, type ObjectLane } from './objects/rows-objects.ts';
import { RowChecksum } from './rows/row-checksum.ts';
import { openSnapshot, type Snapshot, type SnapshotReport } from './snapshot/open-snapshot.ts';
import { DumpThread } from './thread/dump-thread.ts';
import type { ChunkOrder, ChunkResult } from './thread/messages.ts';
import { WholeEstimate } from './whole-estimate.ts';

type Options = DumpRowsOptions & Required<Pick<DumpRowsOptions, 'states' | 'parallelism' | 'objectBytes'>>;

/** Below this for each thread, starting another costs more time than it saves. */
const BYTES_PER_THREAD = 4 * 1024 ** 2;

interface TableSum {
  readonly checksum: RowChecksum;
  bytes: number;
}

/** One run of `dumpRows`. */
export class RowsDump {
  readonly #options: Options;
  readonly #queue: WorkQueue;
  readonly #objects: RowsObjects;
  readonly #stop = new AbortController();
  readonly #threads: DumpThread[] = [];
  readonly #chunks: RowsChunk[] = [];
  readonly #sums: Map<string, TableSum>;
  readonly #definitions = new Map<string, Uint8Array>();
  #longestStatementBytes = 0;
  readonly #whole: WholeEstimate;
  #snapshot: Snapshot | undefined;

  constructor(options: Options) {
    this.#options = options;
    this.#queue = new WorkQueue(options.tables, options.chunkBytes);
    this.#whole = new WholeEstimate(options.tables);
    this.#sums = new Map(options.tables.map(({ name }) => [name, { checksum: new RowChecksum(), bytes: 0 }]));
    const { sink, objectBytes } = options;
    this.#objects = new RowsObjects({ sink, objectBytes, onFailure: (error) => this.#stop.abort(error) });
  }

  async run(): Promise<RowsReport> {
    const { signal } = this.#options;
    const { signal: stopped } = this.#stop;
    const onAbort = (): void => this.#stop.abort(signal.reason);
    signal.addEventListener('abort', onAbort);
    try {
      const work = this.#work();
      // Whatever ends the dump first is thrown; what the others say of their end after it is no news.
      work.catch((error: unknown) => this.#stop.abort(error));
      return await Promise.race([work, rejectedOnAbort(stopped)]);
    } catch (error) {
      this.#stop.abort(error);
      await this.#objects.fail(stopped.reason);
      throw stopped.reason;
    } finally {
      signal.removeEventListener('abort', onAbort);
      this.#snapshot?.close();
      await Promise.all(this.#threads.map((thread) => thread.end()));
    }
  }

  async #work(): Promise<RowsReport> {
    const { tables } = this.#options;
    if (tables.length > 0) this.#startThreads();
    await Promise.all(this.#threads.map((thread) => thread.ready()));
    const { connection, states, isDumped = () => true } = this.#options;
    this.#snapshot = await openSnapshot({
      ...{ connection, tables, states, isDumped, sessions: this.#threads.length, signal: this.#stop.signal },
      begin: async (sessions) => {
        await Promise.all(this.#threads.slice(0, sessions).map((thread) => thread.begin()));
      },
    });
    const { report } = this.#snapshot;
    const readers = report.method === 'single-connection' ? this.#threads.slice(0, 1) : this.#threads;
    await Promise.all(readers.map((thread) => this.#keepBusy(thread)));
    await this.#snapshot.assertUnchanged();
    return this.#report(report, await this.#objects.end());
  }

  #startThreads(): void {
    const { tables, parallelism, connection } = this.#options;
    const bytes = tables.reduce((sum, table) => sum + estimatedBytes(table), 0);
    const count = Math.min(parallelism, Math.ceil(bytes / BYTES_PER_THREAD));
    for (let index = 0; index < count; index++) {
      const lane = this.#objects.lane(() => thread.taken());
      const thread = new DumpThread(connection, {
        onPiece: (piece, pieceBytes, rows) => {
          lane.push(piece);
          this.#progress(thread, pieceBytes, rows);
        },
        onChunk: (result) => this.#finishChunk(thread, lane, result),
      });
      this.#threads.push(thread);
    }
  }

  /** What each thread has in work, in order. */
  readonly #inWork = new Map<DumpThread, ChunkOrder[]>();

  async #keepBusy(thread: DumpThread): Promise<void> {
    for (;;) {
      const work = await this.#queue.next();
      if (work === undefined) return;
      if (work.type === 'plan') {
        const conditions = await thread.plan(work.table, work.chunkRows);
        this.#whole.cut(work.table.name, conditions.length);
        this.#queue.planned(work.table, conditions);
      } else {
        this.#inWork.set(thread, [...work.chunks]);
        await thread.dump(work.chunks);
      }
    }
  }

  #progress(thread: DumpThread, bytes: number, rows: number): void {
    this.#whole.read(this.#inWork.get(thread)?.[0]?.table.name ?? '', rows, bytes);
    this.#options.onProgress?.(this.#whole.progress());
  }

  #finishChunk(thread: DumpThread, lane: ObjectLane, result: ChunkResult): void {
    const table = this.#inWork.get(thread)?.shift()?.table.name ?? '';
    if (result.definition) this.#definitions.set(table, result.definition);
    this.#whole.chunkEnded(table);
    const place = lane.endChunk();
    const sum = this.#sums.get(table);
    if (place === undefined || sum === undefined) return;
    sum.checksum.add(result);
    sum.bytes += result.bytes;
    this.#longestStatementBytes = Math.max(this.#longestStatementBytes, result.longestStatementBytes);
    const checksum = new RowChecksum();
    checksum.add(result);
    this.#chunks.push({ table, ...place, bytes: result.bytes, rows: result.rows, checksum: checksum.value });
  }

  #report(snapshot: SnapshotReport, objects: RowsReport['objects']): RowsReport {
    const { rows, bytes } = this.#whole.progress();
    return {
      snapshot,
      objects,
      chunks: this.#chunks.toSorted((a, b) =>
        a.object === b.object ? a.offset - b.offset : a.object < b.object ? -1 : 1,
      ),
      tables: this.#options.tables.map(({ name }) => {
        const sum = this.#sums.get(name);
        return {
          table: name,
          rows: sum?.checksum.rows ?? 0,
          bytes: sum?.bytes ?? 0,
          checksum: sum?.checksum.value ?? '',
        };
      }),
      definitions: this.#definitions,
      ...{ rows, bytes },
      storedBytes: objects.reduce((total, { storedBytes }) => total + storedBytes, 0),
      longestStatementBytes: this.#longestStatementBytes,
    };
  }
}

async function rejectedOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}
