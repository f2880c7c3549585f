import {
  abandon,
  connect,
  mysqlErrorCode,
  translateMysqlError,
  type DatabaseConnection,
} from '@serverless-ops/mysql-connect';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import type { DumpTable } from '../dump-table.ts';
import { lockMethods, type ConsistencyMethod, type LockMethod } from './lock-methods.ts';
import { assertTablesUnchanged, type TableStates } from './table-states.ts';
import { underTimedLock } from './timed-lock.ts';

/** What a dump can say of the state that it holds. */
export interface SnapshotReport {
  readonly method: ConsistencyMethod;
  /** Tables of engines without transactions: each is as it was when it was read, not as of the snapshot. */
  readonly notConsistent: readonly string[];
  /** For how long the lock was held, the wait for it included; 0 without one. */
  readonly lockedMs: number;
  /** Methods that were passed over, each with its reason. */
  readonly passedOver: readonly string[];
}

export interface Snapshot {
  readonly report: SnapshotReport;
  /** Throws JobError DatabaseBusy when the definition of a table of the dump is another by now. */
  assertUnchanged(): Promise<void>;
  /** Ends its session. Safe to call twice. */
  close(): void;
}

export interface OpenSnapshotOptions {
  readonly connection: DatabaseConnection;
  readonly tables: readonly DumpTable[];
  /** Whether a table of this name would belong to the dump. One that was made meanwhile would be missing in it. */
  readonly isDumped: (table: string) => boolean;
  /** From before the definitions of the tables were read. */
  readonly states: TableStates;
  /** How many sessions are to see the same state. One needs no lock: it sees one state by itself. */
  readonly sessions: number;
  /** Opens the snapshots of so many sessions at once; called under the lock, and again when an attempt took too long. */
  readonly begin: (sessions: number) => Promise<void>;
  readonly signal: AbortSignal;
}

/** The guard would otherwise be ended as idle (the server waits for 10 minutes). */
const PING_MS = 60_000;

/** A query that has run for so many seconds is not going to end within an attempt. */
const LONG_QUERY_SECONDS = 2;

/** Engines whose tables a snapshot covers. */
const TRANSACTIONAL = new Set(['InnoDB', 'ROCKSDB', 'TokuDB', 'ndbcluster']);

/**
 * Lets all sessions of a dump see one state of the database, by the first method that account, server and its other
 * sessions allow. Nothing stays locked for longer than that takes. LOCK INSTANCE FOR BACKUP is not for this: it would keep
 * definitions as they are, and make every CREATE USER, TRUNCATE and FLUSH of the whole server wait until the dump ends.
 * Throws JobError DatabaseBusy, and those of `translateMysqlError`.
 */
export async function openSnapshot(options: OpenSnapshotOptions): Promise<Snapshot> {
  const { connection, signal } = options;
  const guard = await connect(connection);
  const ping = setInterval(() => void guard.ping().catch(() => undefined), PING_MS);
  const close = (): void => {
    clearInterval(ping);
    signal.removeEventListener('abort', close);
    abandon(guard);
  };
  signal.addEventListener('abort', close);
  try {
    return { report: await open(options, guard), assertUnchanged: () => assertUnchanged(options, guard), close };
  } catch (error) {
    close();
    signal.throwIfAborted();
    throw translateMysqlError(error, connection);
  }
}

async function open(options: OpenSnapshotOptions, guard: Connection): Promise<SnapshotReport> {
  const { tables, isDumped, states, sessions, begin } = options;
  const flavor = await flavorOf(guard);
  const opened = sessions === 1 || tables.length === 0 ? undefined : await openUnderLock(options, guard, flavor);
  if (opened?.method === undefined) await begin(1);
  // What was made since the definitions were read is in the snapshot, and would be missing in the dump.
  await assertTablesUnchanged(guard, states, isDumped);
  return {
    method: opened?.method ?? 'single-connection',
    notConsistent: tables.filter(({ engine }) => !TRANSACTIONAL.has(engine)).map(({ name }) => name),
    lockedMs: opened?.lockedMs ?? 0,
    passedOver: opened?.passedOver ?? [],
  };
}

/** What is the server's own words for itself decides, never a number: both makers count on. */
async function flavorOf(session: Connection): Promise<'mariadb' | 'mysql'> {
  const [[row]] = await session.query<RowDataPacket[]>('SELECT VERSION() AS version');
  return String(row?.['version']).includes('MariaDB') ? 'mariadb' : 'mysql';
}

interface OpenedUnderLock {
  readonly method: ConsistencyMethod | undefined;
  readonly lockedMs: number;
  readonly passedOver: string[];
}

async function openUnderLock(
  { connection, tables, sessions, begin, signal }: OpenSnapshotOptions,
  guard: Connection,
  flavor: 'mariadb' | 'mysql',
): Promise<OpenedUnderLock> {
  const session = await connect(connection);
  const stop = (): void => abandon(session);
  signal.addEventListener('abort', stop);
  const passedOver: string[] = [];
  try {
    // Where InnoDB itself is asked for a table lock, it is asked only without autocommit.
    await session.query('SET autocommit = 0, lock_wait_timeout = 1, innodb_lock_wait_timeout = 1');
    const names = tables.map(({ name }) => name);
    for (const method of lockMethods(flavor, names)) {
      const obstacle = await obstacleTo(method, session, names.length);
      if (obstacle !== undefined) {
        passedOver.push(`${method.method}: ${obstacle}`);
        continue;
      }
      try {
        const underLock = (): Promise<void> => begin(sessions);
        const lockedMs = await underTimedLock({ session, guard, method, underLock, signal });
        if (lockedMs !== undefined) return { method: method.method, lockedMs: Math.round(lockedMs), passedOver };
        passedOver.push(
          `${method.method}: a long query or transaction, or a lock of another session, stood in its way`,
        );
      } catch (error) {
        const code = mysqlErrorCode(error) ?? '';
        if (!method.refusals.has(code)) throw error;
        passedOver.push(`${method.method}: ${code}`);
      }
    }
    return { method: undefined, lockedMs: 0, passedOver };
  } finally {
    signal.removeEventListener('abort', stop);
    session.destroy();
  }
}

async function obstacleTo(
  { waitsForQueries, maxTables = Infinity }: LockMethod,
  session: Connection,
  tables: number,
): Promise<string | undefined> {
  if (tables > maxTables) return `the database has ${tables} tables, and writers would wait while they are locked`;
  if (!waitsForQueries) return undefined;
  const [rows] = await session.query<(RowDataPacket & { Command: string; Time: number })[]>('SHOW PROCESSLIST');
  const long = rows.find(({ Command, Time }) => Command === 'Query' && Time >= LONG_QUERY_SECONDS);
  return long === undefined ? undefined : `a query has been running for ${long.Time} s`;
}

async function assertUnchanged({ connection, tables, states }: OpenSnapshotOptions, guard: Connection): Promise<void> {
  const names = new Set(tables.map(({ name }) => name));
  await assertTablesUnchanged(guard, states, (name) => names.has(name)).catch((error: unknown) => {
    throw translateMysqlError(error, connection);
  });
}
