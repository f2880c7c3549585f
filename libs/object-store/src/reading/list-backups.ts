import { BACKUP_ID_PATTERN } from '@serverless-ops/job-schemas';
import { databasePrefix, type DatabaseFolder } from '../backup-location.ts';
import type { Bucket } from '../bucket.ts';
import { drillKey } from '../drills/drill-record.ts';
import { listObjects, type ListedObject } from './listed-object.ts';
import { timeOfBackupId } from './time-of-backup-id.ts';

/** A folder with a backup's id, as the keys in it tell. */
export interface ListedBackup {
  readonly backupId: string;
  /** Key of the folder, without a slash at its end. */
  readonly prefix: string;
  /** From the id. */
  readonly startedAt: Date;
  /** When the manifest was stored; undefined: there is none. So it is no backup: one that runs, or what one left. */
  readonly finishedAt: Date | undefined;
  /** Undefined where no object tells. */
  readonly engine: 'parallel' | 'script' | undefined;
  /** Of all objects but the manifest and the record of a drill. */
  readonly storedBytes: number;
  /** The record of its last drill; undefined: it had none. */
  readonly drill: ListedObject | undefined;
  /** Everything in the folder. */
  readonly objects: readonly ListedObject[];
}

/** What is below the folder of a database. */
export interface Catalogue {
  /** Oldest first; of two within one second, in the order of their ids. */
  readonly backups: readonly ListedBackup[];
  /** Keys below the folder that no backup can have made: folders of another name, and objects in no folder. */
  readonly foreignKeys: readonly string[];
}

/**
 * Lists the backups of a database and environment, by one listing of their keys. No object is read.
 * @throws JobError BucketNotFound, AccessDenied, ServiceThrottled or ServiceUnreachable
 */
export async function listBackups(bucket: Bucket, folder: DatabaseFolder, signal?: AbortSignal): Promise<Catalogue> {
  const prefix = `${databasePrefix(folder)}/`;
  const backups = new Map<string, ListedObject[]>();
  const foreignKeys: string[] = [];
  for await (const object of listObjects(bucket, prefix, signal)) {
    const [id = '', ...key] = object.key.slice(prefix.length).split('/');
    if (!isBackupId(id) || key.length === 0) foreignKeys.push(object.key);
    else if (!backups.get(id)?.push(object)) backups.set(id, [object]);
  }
  return { backups: [...backups].map(([id, objects]) => listedBackup(prefix + id, id, objects)), foreignKeys };
}

/** One backup of what the keys in its folder tell. */
export function listedBackup(prefix: string, backupId: string, objects: readonly ListedObject[]): ListedBackup {
  const manifest = objects.find(({ key }) => key === manifestKey(prefix));
  const drill = objects.find(({ key }) => key === drillKey(prefix));
  const data = objects.filter((object) => object !== manifest && object !== drill);
  return {
    backupId,
    prefix,
    startedAt: timeOfBackupId(backupId) ?? new Date(0),
    finishedAt: manifest?.modifiedAt,
    engine: ENGINES.find(({ mark }) => objects.some(({ key }) => key === `${prefix}/${mark}`))?.engine,
    storedBytes: data.reduce((sum, { bytes }) => sum + bytes, 0),
    drill,
    objects,
  };
}

/** Key of the object that makes a backup of those beside it. */
export function manifestKey(prefix: string): string {
  return `${prefix}/manifest.json`;
}

/** An object that every backup of an engine has. */
const ENGINES = [
  { engine: 'parallel', mark: '1-tables.sql.zst' },
  { engine: 'script', mark: 'dump.sql.zst' },
] as const;

function isBackupId(name: string): boolean {
  return BACKUP_ID_PATTERN.test(name) && timeOfBackupId(name) !== undefined;
}
