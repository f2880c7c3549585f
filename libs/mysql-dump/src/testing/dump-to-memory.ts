import { execFileSync } from 'node:child_process';
import type { DatabaseServer } from '@serverless-ops/test-servers';
import { dumpDatabase, type DatabaseDump, type DumpDatabaseOptions } from '../dump-database.ts';
import { memorySink } from './memory-sink.ts';

/** A dump, with the bytes of its objects. */
export interface DumpInMemory {
  readonly dump: DatabaseDump;
  readonly objects: ReadonlyMap<string, Buffer>;
}

/** Dumps a database of a server into memory. */
export async function dumpToMemory(
  { host, port, rootPassword }: DatabaseServer,
  database: string,
  options: Partial<Omit<DumpDatabaseOptions, 'send'>> = {},
): Promise<DumpInMemory> {
  const { sink, objects } = memorySink();
  const dump = await dumpDatabase({
    connection: { host, port, user: 'root', password: rootPassword, tls: { mode: 'loopback' }, database },
    signal: new AbortController().signal,
    parallelism: 2,
    ...options,
    send: sink,
  });
  return { dump, objects };
}

/** The SQL of all objects, in the order in which `*.sql.zst` names them. */
export function sqlOf({ objects }: DumpInMemory): Buffer {
  const keys = [...objects.keys()].sort();
  return decompress(keys.map((key) => objects.get(key) ?? Buffer.alloc(0)));
}

/** The SQL of one table, from the ranges of bytes that the dump names for it. */
export function sqlOfTable({ dump, objects }: DumpInMemory, table: string): Buffer {
  const parts = dump.tables.find(({ name }) => name === table)?.parts ?? [];
  return decompress(
    parts.map(
      ({ object, offset, storedBytes }) =>
        objects.get(object)?.subarray(offset, offset + storedBytes) ?? Buffer.alloc(0),
    ),
  );
}

/** With the program that a restore by hand uses: Node's own function stops at the end of the first frame. */
function decompress(frames: readonly Buffer[]): Buffer {
  return execFileSync('zstd', ['-dc'], { input: Buffer.concat(frames), maxBuffer: 1024 ** 3 });
}
