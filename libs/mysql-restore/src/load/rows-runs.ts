import type { PlannedTable, RowsPart } from '../backup/restore-plan.ts';
import { isTransactional } from '../backup/table-engine.ts';

/** Shares of tables that follow each other in one object: read with one request, loaded by one session. */
export interface RowsRun {
  readonly object: string;
  readonly offset: number;
  readonly storedBytes: number;
  /** Before compression. */
  readonly bytes: number;
  readonly shares: readonly RowsShare[];
  /** Tables of both kinds share no run: a server with GTIDs takes no transaction that fills others (error 1785). */
  readonly isTransactional: boolean;
}

export interface RowsShare {
  readonly table: PlannedTable;
  readonly part: RowsPart;
}

/** Of SQL. Small tables share a request, which takes longer than their rows; a large part is a run by itself. */
const RUN_BYTES = 2 * 1024 ** 2;
const RUN_SHARES = 100;

/** What there is to load, the most bytes first, so that all sessions end at the same time. */
export function rowsRuns(tables: readonly PlannedTable[]): RowsRun[] {
  const shares = tables
    .flatMap((table) => table.parts.map((part) => ({ table, part })))
    .toSorted((a, b) =>
      a.part.object === b.part.object ? a.part.offset - b.part.offset : a.part.object < b.part.object ? -1 : 1,
    );
  const runs: RowsShare[][] = [];
  for (const share of shares) {
    const run = runs.at(-1);
    if (run && follows(run, share)) run.push(share);
    else runs.push([share]);
  }
  return runs.map(toRun).toSorted((a, b) => b.bytes - a.bytes);
}

function follows(run: readonly RowsShare[], { part, table }: RowsShare): boolean {
  const { part: last, table: before } = run.at(-1) ?? {};
  if (before && isTransactional(before.definition) !== isTransactional(table.definition)) return false;
  if (last?.object !== part.object || last.offset + last.stored_bytes !== part.offset) return false;
  return run.length < RUN_SHARES && bytesOf(run) + part.bytes <= RUN_BYTES;
}

function toRun(shares: readonly RowsShare[]): RowsRun {
  const [first] = shares;
  return {
    object: first?.part.object ?? '',
    offset: first?.part.offset ?? 0,
    storedBytes: shares.reduce((sum, { part }) => sum + part.stored_bytes, 0),
    bytes: bytesOf(shares),
    shares,
    isTransactional: first !== undefined && isTransactional(first.table.definition),
  };
}

function bytesOf(shares: readonly RowsShare[]): number {
  return shares.reduce((sum, { part }) => sum + part.bytes, 0);
}
