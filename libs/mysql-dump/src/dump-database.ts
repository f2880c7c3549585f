import { abandon, connect, translateMysqlError, type DatabaseConnection } from '@serverless-ops/mysql-connect';
import type { Connection } from 'mysql2/promise';
import { DefinitionsObject, type ObjectPart } from './definitions-object.ts';
import type { DefinerRule } from './definitions/definer.ts';
import { objectStatements } from './definitions/object-statements.ts';
import type { Statement } from './definitions/statement.ts';
import { tableStatements } from './definitions/table-statements.ts';
import { dumpRows, type RowsReport } from './dump-rows.ts';
import type { Incompleteness } from './inventory/incompleteness.ts';
import { dumpTables, type Inventory } from './inventory/inventory.ts';
import { readInventory } from './inventory/read-inventory.ts';
import { selectRows } from './inventory/select-rows.ts';
import type { TableFilter } from './inventory/table-filter.ts';
import { maybeSwapped, readDdlCounts } from './snapshot/ddl-counts.ts';
import type { SnapshotReport } from './snapshot/open-snapshot.ts';
import { assertTablesUnchanged, readTableStates } from './snapshot/table-states.ts';
import type { RowsProgress } from './whole-estimate.ts';

/** The server ends a session of ours after 10 idle minutes. */
const PING_MS = 60_000;

/** Objects of a dump besides those with rows, which sort between them: `zstd -dc *.sql.zst | mysql` is a restore. */
export const TABLES_OBJECT = '1-tables.sql.zst';
export const OBJECTS_OBJECT = '3-objects.sql.zst';

export interface DumpDatabaseOptions {
  readonly connection: DatabaseConnection;
  /** @default everything */
  readonly filter?: TableFilter;
  /** @default keep */
  readonly definer?: DefinerRule;
  /** Sessions and threads that read at once. @default as many as there are cores */
  readonly parallelism?: number;
  /** Stores an object to the end of its source; it must not be there when the source throws. */
  readonly send: (
    key: string,
    source: AsyncIterable<Uint8Array>,
  ) => Promise<{ readonly storedBytes: number; readonly storedSha256: string }>;
  /** Ends the dump at once; its reason is what is thrown. */
  readonly signal: AbortSignal;
  /** Called once, before the first row is read, with what the dump is of and what it will lack. */
  readonly onStart?: (start: { readonly inventory: Inventory; readonly incomplete: readonly Incompleteness[] }) => void;
  readonly onProgress?: (progress: RowsProgress) => void;
}

export interface DumpedObject {
  readonly key: string;
  /** Before compression. */
  readonly bytes: number;
  readonly storedBytes: number;
  readonly storedSha256: string;
}

export interface DumpedTable {
  readonly name: string;
  readonly rows: number;
  /** See `RowChecksum`. Undefined for a table of which the definition is all there is to dump. */
  readonly checksum: string | undefined;
  /** What a restore of the table alone reads, in order. */
  readonly parts: readonly (ObjectPart & { readonly rows: number; readonly checksum?: string })[];
}

/** What a dump says of itself; it is what a manifest is written from. */
export interface DatabaseDump {
  readonly serverVersion: string;
  readonly inventory: Inventory;
  readonly snapshot: SnapshotReport;
  readonly incomplete: readonly Incompleteness[];
  readonly objects: readonly DumpedObject[];
  readonly tables: readonly DumpedTable[];
  /** What `max_allowed_packet` must be above at the restore. */
  readonly longestStatementBytes: number;
}

/**
 * Dumps a database as of one moment. Definitions that change meanwhile end the dump.
 *
 * Throws JobError DatabaseBusy, DumpFailed, those of `translateMysqlError`, what `send` throws, and the signal's reason.
 */
export async function dumpDatabase(options: DumpDatabaseOptions): Promise<DatabaseDump> {
  const { connection, signal } = options;
  signal.throwIfAborted();
  const session = await connect(connection);
  const close = (): void => abandon(session);
  signal.addEventListener('abort', close, { once: true });
  // It has nothing to do while rows are read, and a server ends an idle session.
  const ping = setInterval(() => void session.ping().catch(() => undefined), PING_MS);
  try {
    return await dumpWith(session, options);
  } catch (error) {
    signal.throwIfAborted();
    throw translateMysqlError(error, connection);
  } finally {
    clearInterval(ping);
    signal.removeEventListener('abort', close);
    close();
  }
}

/**
 * Programs and views come first, because they tell what the dump will lack. Tables come last: the position of a sequence
 * must not be behind the rows that were numbered by it.
 */
async function dumpWith(session: Connection, options: DumpDatabaseOptions): Promise<DatabaseDump> {
  const { connection, filter, definer, send, signal, parallelism, onStart, onProgress } = options;
  const [row] = await selectRows<{ version: string; packetBytes: number }>(
    session,
    'SELECT VERSION() AS version, @@GLOBAL.max_allowed_packet AS packetBytes',
  );
  const counts = await readDdlCounts(session);
  const states = await readTableStates(session);
  const inventory = await readInventory(session, connection.database, filter);
  const incomplete = [...inventory.incomplete];
  const report = (entry: Incompleteness): void => void incomplete.push(entry);
  const programs = await sendDefinitions(
    OBJECTS_OBJECT,
    objectStatements(session, inventory, {
      ...(definer && { definer }),
      report,
    }),
    send,
  );
  onStart?.({ inventory, incomplete });
  const rows = await dumpRows({
    ...{ connection, tables: dumpTables(inventory), states, signal, sink: send },
    isDumped: inventory.filter.passes,
    ...(parallelism !== undefined && { parallelism }),
    ...(onProgress && { onProgress }),
  });
  const tables = await sendDefinitions(
    TABLES_OBJECT,
    tableStatements(session, inventory, { shown: rows.definitions, report }),
    send,
  );
  const inDump = new Set(inventory.tables.map(({ name }) => name));
  await assertTablesUnchanged(session, states, (name) => inDump.has(name));
  const longestStatementBytes = Math.max(
    ...[tables.source, rows, programs.source].map((source) => source.longestStatementBytes),
  );
  const ofDump = new Map([...states].filter(([name]) => inDump.has(name)));
  const swapped = maybeSwapped(counts, await readDdlCounts(session), ofDump);
  return {
    serverVersion: row?.version ?? 'unknown',
    inventory,
    snapshot: rows.snapshot,
    incomplete: [
      ...incomplete,
      ...notOfOneMoment(rows.snapshot),
      ...maybeOfAnother(swapped),
      ...tooLongForServer(longestStatementBytes, Number(row?.packetBytes)),
    ],
    objects: [tables.object, ...rowsObjects(rows), programs.object],
    tables: dumpedTables(inventory, tables.source, rows),
    longestStatementBytes,
  };
}

interface SentDefinitions {
  readonly object: DumpedObject;
  readonly source: DefinitionsObject;
}

async function sendDefinitions(
  key: string,
  statements: AsyncIterable<Statement>,
  send: DumpDatabaseOptions['send'],
): Promise<SentDefinitions> {
  const source = new DefinitionsObject(key, statements);
  const { storedBytes, storedSha256 } = await send(key, source);
  return { source, object: { key, bytes: source.bytes, storedBytes, storedSha256 } };
}

function rowsObjects({ objects, chunks }: RowsReport): DumpedObject[] {
  return objects.map((object) => ({
    ...object,
    bytes: chunks.filter((chunk) => chunk.object === object.key).reduce((sum, { bytes }) => sum + bytes, 0),
  }));
}

function dumpedTables(inventory: Inventory, definitions: DefinitionsObject, report: RowsReport): DumpedTable[] {
  const sums = new Map(report.tables.map((sum) => [sum.table, sum]));
  const chunks = Map.groupBy(report.chunks, ({ table }) => table);
  return inventory.tables.map(({ name }) => ({
    name,
    rows: sums.get(name)?.rows ?? 0,
    checksum: sums.get(name)?.checksum,
    parts: [
      ...definitions.partsOf(name).map((part) => ({ ...part, rows: 0 })),
      ...(chunks.get(name) ?? []).map(({ table: _, ...part }) => part),
    ],
  }));
}

/** Another session ran statements that can exchange the rows of tables, and no server tells of which tables. */
function maybeOfAnother([first, ...others]: readonly string[]): Incompleteness[] {
  if (first === undefined) return [];
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return [
    {
      what: `certainty that table ${JSON.stringify(first)}${more} kept its rows`,
      why: 'During the backup, another session of the server ran RENAME TABLE or ALTER TABLE, which can exchange the rows of two tables without a trace. The statement can have been for another database.',
      remedy: 'Take the backup again if tables or partitions of this database were exchanged.',
    },
  ];
}

/** Rows that were read while others wrote are of no one moment. */
function notOfOneMoment({ notConsistent }: SnapshotReport): Incompleteness[] {
  if (notConsistent.length === 0) return [];
  const [first = '', ...others] = notConsistent;
  return [
    {
      what: `one moment for table "${first}"${others.length === 0 ? '' : ` and ${others.length} more`}`,
      why: 'The engine of these tables has no transactions, so their rows are of the time at which each was read.',
      remedy: 'Convert the tables to InnoDB, or take the backup while the application does not write to them.',
    },
  ];
}

/** A row may take twice its length as SQL, so a server may hold a row that it takes from no client. */
function tooLongForServer(longestStatementBytes: number, packetBytes: number): Incompleteness[] {
  if (longestStatementBytes < packetBytes) return [];
  return [
    {
      what: `a restore with max_allowed_packet = ${packetBytes}, which the server has now`,
      why: `The longest row is a statement of ${longestStatementBytes} bytes. The backup has it, but a server with this setting refuses it.`,
      remedy:
        'Restore on a server with a larger max_allowed_packet. SET GLOBAL max_allowed_packet = 1073741824 allows every row.',
    },
  ];
}
