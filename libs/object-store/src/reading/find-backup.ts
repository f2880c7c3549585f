import { JobError, type BackupManifest } from '@serverless-ops/job-schemas';
import { backupPrefix, databasePrefix, type DatabaseFolder } from '../backup-location.ts';
import type { Bucket } from '../bucket.ts';
import { decodeObject, type DecodedObject } from './decode-object.ts';
import { folderProblems } from './folder-problems.ts';
import { listBackups, listedBackup, type ListedBackup } from './list-backups.ts';
import { listObjects, type ListedObject } from './listed-object.ts';
import { readManifest } from './read-manifest.ts';
import { readObject, type ReadOptions } from './read-object.ts';
import { readVerified, requireListed } from './verify-object.ts';

/** A backup with its manifest. Every read is of the objects that were there when it was found. */
export interface FoundBackup extends ListedBackup {
  readonly manifest: BackupManifest;
  /** What is in its folder and not in the manifest, or the other way round. Empty: nothing. */
  readonly folderProblems: readonly string[];
  /**
   * Reads an object to its end and compares its size and SHA-256 with the manifest. `key` is that of the manifest.
   * @throws JobError BackupCorrupt, and what `read` throws
   */
  verifyObject(key: string, options?: VerifyOptions): Promise<void>;
  /**
   * The same, and decodes the object: each part that the manifest names has to be whole zstd frames, and to have as many
   * bytes as the manifest says. Passes each piece of SQL to nobody.
   * @throws JobError BackupCorrupt, and what `read` throws
   */
  decodeObject(key: string, options?: VerifyOptions): Promise<DecodedObject>;
  /**
   * Reads an object, or a range of it, of the very object that `verifyObject` verifies: bound to its ETag. A broken
   * stream goes on where it broke.
   * @throws JobError BackupCorrupt when the object is gone or another one; AccessDenied, BackupUnreadable,
   * ServiceThrottled, ServiceUnreachable; the reason of the signal
   */
  read(key: string, options?: ReadOptions): AsyncIterable<Uint8Array>;
}

export interface VerifyOptions {
  readonly signal?: AbortSignal;
  /** Called with the number of bytes of each piece that was read. */
  readonly onBytes?: (bytes: number) => void;
}

/**
 * The backup of that id, or the newest that has a manifest.
 * @throws JobError BackupNotFound, what reading its manifest throws, and what listing throws
 */
export async function findBackup(
  bucket: Bucket,
  folder: DatabaseFolder,
  backupId: string,
  signal?: AbortSignal,
): Promise<FoundBackup> {
  const listed = await (backupId === 'latest'
    ? listLatest(bucket, folder, signal)
    : listOne(bucket, folder, backupId, signal));
  const manifest = await readManifest(bucket, listed, signal);
  return {
    ...listed,
    manifest,
    folderProblems: folderProblems(listed, manifest),
    async verifyObject(key, options = {}) {
      for await (const _ of readVerified(bucket, listed, manifest, key, options));
    },
    decodeObject: (key, options = {}) =>
      decodeObject(readVerified(bucket, listed, manifest, key, options), {
        key,
        manifest,
        uri: `s3://${bucket.bucket}/${listed.prefix}/${key}`,
      }),
    read: (key, options) => readObject(bucket, requireListed(bucket, listed, key), options),
  };
}

async function listLatest(bucket: Bucket, folder: DatabaseFolder, signal?: AbortSignal): Promise<ListedBackup> {
  const { backups } = await listBackups(bucket, folder, signal);
  const latest = backups.findLast(({ finishedAt }) => finishedAt !== undefined);
  if (latest) return latest;
  throw new JobError(
    'BackupNotFound',
    `There is no backup in s3://${bucket.bucket}/${databasePrefix(folder)}/. ` +
      (backups.length > 0
        ? `The ${backups.length} folders there have no manifest.json, so their backups still run or did not end. `
        : '') +
      'Order db_backup first.',
  );
}

async function listOne(
  bucket: Bucket,
  folder: DatabaseFolder,
  backupId: string,
  signal?: AbortSignal,
): Promise<ListedBackup> {
  const prefix = backupPrefix({ ...folder, backupId });
  const objects: ListedObject[] = [];
  for await (const object of listObjects(bucket, `${prefix}/`, signal)) objects.push(object);
  const listed = listedBackup(prefix, backupId, objects);
  if (listed.finishedAt) return listed;
  throw new JobError(
    'BackupNotFound',
    `There is no backup s3://${bucket.bucket}/${prefix}/. ` +
      (objects.length > 0
        ? 'The folder has no manifest.json: the backup still runs, or it did not end. '
        : 'The folder is empty. ') +
      `List the backups: aws s3 ls s3://${bucket.bucket}/${databasePrefix(folder)}/`,
  );
}
