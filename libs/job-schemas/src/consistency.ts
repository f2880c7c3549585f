/**
 * How the rows of a dump came to be of one moment.
 *
 * - `global-read-lock`: FLUSH TABLES WITH READ LOCK was held until every connection had its snapshot.
 * - `backup-stage`: MariaDB's BACKUP STAGE was.
 * - `table-locks`: LOCK TABLES ... READ on every table was, as on RDS and Aurora, where a global lock is refused.
 * - `single-connection`: one connection read everything in one snapshot, because the database is small or the account may
 *   lock nothing.
 * - `single-transaction`: the dump tool's own way, with one connection (engine `script`).
 */
export const CONSISTENCIES = [
  'global-read-lock',
  'backup-stage',
  'table-locks',
  'single-connection',
  'single-transaction',
] as const;

export type Consistency = (typeof CONSISTENCIES)[number];
