import { randomBytes } from 'node:crypto';

/** The level of the environment in the path when a direct `run-task` gives a database in full, without `db_env`. */
const NO_ENVIRONMENT = 'direct';

/** A new backup's id, such as `20261122T021530Z-9f86d081`: sorts by time (UTC), and differs within a second. */
export function newBackupId(now: Date, random: (bytes: number) => Buffer = randomBytes): string {
  const time = now
    .toISOString()
    .replaceAll(/[-:]/g, '')
    .replace(/\.\d{3}Z$/, 'Z');
  return `${time}-${random(4).toString('hex')}`;
}

/** A database whose backups are in one folder of a bucket. */
export interface DatabaseFolder {
  /** May be empty, and may have slashes too many. */
  readonly s3Path: string;
  readonly dbName: string;
  /** Without one, its level in the path is `direct`. */
  readonly dbEnv: string | undefined;
}

/** Where the backups of a database are, with no slash at either end: `backups/classicmodels/demo`. */
export function databasePrefix({ s3Path, dbName, dbEnv = NO_ENVIRONMENT }: DatabaseFolder): string {
  return [...s3Path.split('/'), dbName, dbEnv].filter((level) => level !== '').join('/');
}

/** Where the objects of one backup are, with no slash at either end: `backups/classicmodels/demo/<backup id>`. */
export function backupPrefix({ backupId, ...folder }: DatabaseFolder & { readonly backupId: string }): string {
  return `${databasePrefix(folder)}/${backupId}`;
}
