import { quoteIdentifier } from '@serverless-ops/mysql-connect';

/** How all sessions of a dump came to see one state of the database. */
export type ConsistencyMethod = 'backup-stage' | 'global-read-lock' | 'table-locks' | 'single-connection';

/** Statements that keep writers from committing while the sessions open their snapshots. */
export interface LockMethod {
  readonly method: ConsistencyMethod;
  readonly lock: readonly string[];
  /** Run after a failed `lock` too. */
  readonly unlock: string;
  /** What a server says when this method, and no other, is not for this account or this server. */
  readonly refusals: ReadonlySet<string>;
  /** Whether it waits for every query that runs, those that only read among them. */
  readonly waitsForQueries: boolean;
  /** How many tables it can lock before writers wait for too long. @default any */
  readonly maxTables?: number;
}

const NO_RIGHT = 'ER_SPECIFIC_ACCESS_DENIED_ERROR';

/** RDS and Aurora answer FLUSH TABLES WITH READ LOCK in this way, to their master user too. */
const NO_RIGHT_ON_RDS = 'ER_ACCESS_DENIED_ERROR';

/**
 * Of MariaDB, from 10.4 on: it stops commits, definitions and writes to tables without transactions, and waits for no
 * query that only reads (mariadb.com/kb/en/backup-stage).
 */
const BACKUP_STAGE: LockMethod = {
  method: 'backup-stage',
  lock: ['START', 'FLUSH', 'BLOCK_DDL', 'BLOCK_COMMIT'].map((stage) => `BACKUP STAGE ${stage}`),
  unlock: 'BACKUP STAGE END',
  refusals: new Set([NO_RIGHT, NO_RIGHT_ON_RDS]),
  waitsForQueries: false,
};

const GLOBAL_READ_LOCK: LockMethod = {
  method: 'global-read-lock',
  lock: ['FLUSH TABLES WITH READ LOCK'],
  unlock: 'UNLOCK TABLES',
  refusals: new Set([NO_RIGHT, NO_RIGHT_ON_RDS]),
  waitsForQueries: true,
};

/** LOCK TABLES opens all tables before it returns, and a busy server takes up to a millisecond for one. */
const MAX_LOCKED_TABLES = 500;

/** Waits for transactions that wrote to one of the tables and have not ended, and for nothing else. */
function tableLocks(tables: readonly string[]): LockMethod {
  return {
    method: 'table-locks',
    lock: [`LOCK TABLES ${tables.map((table) => `${quoteIdentifier(table)} READ`).join(', ')}`],
    unlock: 'UNLOCK TABLES',
    refusals: new Set(['ER_DBACCESS_DENIED_ERROR', 'ER_TABLEACCESS_DENIED_ERROR']),
    waitsForQueries: false,
    maxTables: MAX_LOCKED_TABLES,
  };
}

/** The methods to try, in that order. Without any of them, one session sees one state by itself. */
export function lockMethods(flavor: 'mariadb' | 'mysql', tables: readonly string[]): LockMethod[] {
  return [flavor === 'mariadb' ? BACKUP_STAGE : GLOBAL_READ_LOCK, tableLocks(tables)];
}
