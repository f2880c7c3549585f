import { JobError } from '@serverless-ops/job-schemas';
import {
  dumpTables,
  planChunks,
  readInventory,
  readSums,
  RowChecksum,
  ROWS_SESSION,
  type DumpTable,
} from '@serverless-ops/mysql-dump';
import type { PlannedTable } from '../backup/restore-plan.ts';
import { inParallel } from '../load/in-parallel.ts';
import type { LoadSession } from '../load/load-session.ts';
import type { TargetServer } from '../target/check-target.ts';

/** Of SQL; a larger table is read by several sessions. */
const CHUNK_BYTES = 32 * 1024 ** 2;
const CUT_FROM_CHUNKS = 1.5;
const MAX_NAMED = 10;

/** What the definitions and rows of a backup set before is of another purpose, and may be a default of the server. */
const SETUP = [
  Buffer.from('SET NAMES utf8mb4'),
  Buffer.from('SET sql_select_limit = 18446744073709551615'),
  Buffer.from(ROWS_SESSION),
];

interface Share {
  readonly table: DumpTable;
  readonly where?: string;
  readonly rows: number;
}

/**
 * Reads the rows of the restored tables again, as the dump read them, and compares numbers and checksums with the
 * manifest's. Gives how many tables it compared.
 *
 * @throws JobError RestoreDiffers, naming the tables
 */
export async function compareRows(
  sessions: readonly LoadSession[],
  {
    database,
    tables,
    server: { spelled },
    onRows,
  }: {
    database: string;
    tables: readonly PlannedTable[];
    server: Pick<TargetServer, 'spelled'>;
    onRows: (rows: number) => void;
  },
): Promise<number> {
  const [first] = sessions;
  if (!first || tables.length === 0) return 0;
  for (const session of sessions) await session.setUp(SETUP);
  const planned = new Map(tables.map((table) => [spelled(table.name), table]));
  const shares: Share[] = [];
  const sums = new Map<string, RowChecksum>();
  for (const table of await tablesOf(first, database, [...planned.keys()])) {
    const { name } = table;
    const expected = planned.get(name);
    if (!expected) continue;
    sums.set(name, new RowChecksum());
    shares.push(...(await sharesOf(first, table, expected)));
  }
  shares.sort((a, b) => b.rows - a.rows);
  await inParallel(sessions, shares, async (session, { table, where }) => {
    const sum = await readSums(session.session, table, where);
    sums.get(table.name)?.add(sum);
    onRows(sum.rows);
  });
  const compared = tables.filter(({ checksum }) => checksum !== undefined);
  throwIfDifferent(
    compared.filter(({ name, rows, checksum }) => {
      const found = sums.get(spelled(name));
      return found?.rows !== rows || found.value !== checksum;
    }),
    database,
  );
  return compared.length;
}

async function tablesOf(
  session: LoadSession,
  database: string,
  includeTables: readonly string[],
): Promise<DumpTable[]> {
  await session.run('SET character_set_results = utf8mb4');
  const inventory = await readInventory(session.session, database, { includeTables });
  await session.run('SET character_set_results = NULL');
  return dumpTables(inventory);
}

async function sharesOf({ session }: LoadSession, table: DumpTable, { rows, parts }: PlannedTable): Promise<Share[]> {
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
  if (bytes <= CHUNK_BYTES * CUT_FROM_CHUNKS) return [{ table, rows }];
  // The server's own estimate of a table that was just filled may be of the time when it was empty.
  const conditions = await planChunks(session, { ...table, estimatedRows: rows }, (rows * CHUNK_BYTES) / bytes);
  return conditions.map((where) => ({
    table,
    rows: rows / conditions.length,
    ...(where !== undefined && { where }),
  }));
}

function throwIfDifferent(different: readonly PlannedTable[], database: string): void {
  if (different.length === 0) return;
  const named = different.slice(0, MAX_NAMED).map(({ name }) => JSON.stringify(name));
  const more = different.length > MAX_NAMED ? ` and ${different.length - MAX_NAMED} more` : '';
  throw new JobError(
    'RestoreDiffers',
    `The restored rows of ${different.length} tables in "${database}" are not those of the backup: ${named.join(', ')}${more}. ` +
      'Another session changed them meanwhile, or the server stores them in another way than the server of the backup. ' +
      'The database stays marked as not whole. Keep others from it, then order the same job again: it starts clean.',
  );
}
