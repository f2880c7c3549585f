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

/**
 * Where the objects of one backup are, with no slash at either end: `backups/classicmodels/demo/<backup id>`.
 * `s3Path` may be empty, and may have slashes too many. Without a `dbEnv`, its level is `direct`.
 */
export function backupPrefix(backup: {
  s3Path: string;
  dbName: string;
  dbEnv: string | undefined;
  backupId: string;
}): string {
  const { s3Path, dbName, dbEnv = NO_ENVIRONMENT, backupId } = backup;
  return [...s3Path.split('/'), dbName, dbEnv, backupId].filter((level) => level !== '').join('/');
}
