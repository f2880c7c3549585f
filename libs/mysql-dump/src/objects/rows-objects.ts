import { PieceQueue } from './piece-queue.ts';

/**
 * Stores one object; resolves once it is there. What the source throws must keep it from being there. A piece is empty
 * once the next is asked for.
 */
export type Sink = (
  key: string,
  source: AsyncIterable<Uint8Array>,
) => Promise<{ storedBytes: number; storedSha256: string }>;

/** An object with rows, as it was stored. */
export interface RowsObject {
  readonly key: string;
  readonly storedBytes: number;
  readonly storedSha256: string;
}

/** Where in the backup a chunk is: a byte range of an object, which is whole zstd frames. */
export interface ChunkPlace {
  readonly object: string;
  readonly offset: number;
  readonly storedBytes: number;
}

export interface RowsObjectsOptions {
  readonly sink: Sink;
  /** An object that has reached it takes no further chunk. */
  readonly objectBytes: number;
  readonly onFailure: (error: unknown) => void;
}

/** The objects of a dump: each lane (a thread) fills one of its own, and begins the next when that is long enough. */
export class RowsObjects {
  readonly #options: RowsObjectsOptions;
  readonly #stored: Promise<RowsObject>[] = [];
  readonly #lanes = new Set<ObjectLane>();

  constructor(options: RowsObjectsOptions) {
    this.#options = options;
  }

  /** `onTaken` is called for each piece that the sink has taken. */
  lane(onTaken: () => void): ObjectLane {
    const lane = new ObjectLane(this.#options.objectBytes, () => this.#open(onTaken));
    this.#lanes.add(lane);
    return lane;
  }

  /** Ends the objects, waits until all are stored, and gives them in the order of their names. */
  async end(): Promise<RowsObject[]> {
    for (const lane of this.#lanes) lane.end();
    return Promise.all(this.#stored);
  }

  /** Makes the sink give up every object that is not stored yet, and waits until it has. No object begins after it. */
  async fail(reason: unknown): Promise<void> {
    for (const lane of this.#lanes) lane.fail(reason);
    await Promise.allSettled(this.#stored);
  }

  #open(onTaken: () => void): OpenObject {
    const key = rowsObjectKey(this.#stored.length + 1);
    const queue = new PieceQueue(onTaken);
    const stored = this.#options
      .sink(key, queue)
      .then(({ storedBytes, storedSha256 }) => ({ key, storedBytes, storedSha256 }));
    stored.catch(this.#options.onFailure);
    this.#stored.push(stored);
    return { key, queue, offset: 0 };
  }
}

/** Between the definitions of tables (1) and of everything that needs rows (3), in the order of `*.sql.zst`. */
function rowsObjectKey(number: number): string {
  return `2-rows-${String(number).padStart(5, '0')}.sql.zst`;
}

interface OpenObject {
  readonly key: string;
  readonly queue: PieceQueue;
  offset: number;
}

/** Takes the pieces of one chunk after the other, in a row. */
export class ObjectLane {
  readonly #objectBytes: number;
  readonly #open: () => OpenObject;
  #object: OpenObject | undefined;
  #chunkStart = 0;
  #hasFailed = false;

  constructor(objectBytes: number, open: () => OpenObject) {
    this.#objectBytes = objectBytes;
    this.#open = open;
  }

  push(piece: Uint8Array<ArrayBuffer>): void {
    // A thread has pieces on their way when the dump ends.
    if (this.#hasFailed) return;
    this.#object ??= this.#open();
    this.#object.queue.push(piece);
    this.#object.offset += piece.length;
  }

  /** Ends the chunk whose pieces came last; undefined when there were none. */
  endChunk(): ChunkPlace | undefined {
    const object = this.#object;
    if (object === undefined || object.offset === this.#chunkStart) return undefined;
    const place = { object: object.key, offset: this.#chunkStart, storedBytes: object.offset - this.#chunkStart };
    this.#chunkStart = object.offset;
    if (object.offset >= this.#objectBytes) this.end();
    return place;
  }

  end(): void {
    this.#object?.queue.end();
    this.#object = undefined;
    this.#chunkStart = 0;
  }

  fail(reason: unknown): void {
    this.#hasFailed = true;
    this.#object?.queue.fail(reason);
  }
}
