import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { JobError, MANIFEST_VERSION, type BackupManifest } from '@serverless-ops/job-schemas';
import { dumpDatabase, manifestOfDump, type DatabaseDump, type DumpDatabaseOptions } from '@serverless-ops/mysql-dump';
import type { DatabaseServer } from '@serverless-ops/test-servers';
import type { BackupToRestore } from '../backup/backup-to-restore.ts';

/** A backup whose objects can be looked at and spoiled. */
export interface BackupInMemory extends BackupToRestore {
  readonly objects: Map<string, Buffer>;
}

/** Of a read, as the network gives them. */
const PIECE_BYTES = 16 * 1024;

/** Backs a database up as root, into memory. */
export async function backUpToMemory(
  { host, port, rootPassword }: DatabaseServer,
  database: string,
  options: Partial<Omit<DumpDatabaseOptions, 'send'>> = {},
): Promise<BackupInMemory> {
  const objects = new Map<string, Buffer>();
  const dump = await dumpDatabase({
    connection: { host, port, user: 'root', password: rootPassword, tls: { mode: 'loopback' }, database },
    signal: new AbortController().signal,
    parallelism: 2,
    ...options,
    send: async (key, source) => {
      const pieces: Uint8Array[] = [];
      for await (const piece of source) pieces.push(Buffer.from(piece));
      const stored = Buffer.concat(pieces);
      objects.set(key, stored);
      return { storedBytes: stored.length, storedSha256: sha256(stored) };
    },
  });
  return backupOf(manifestOf(dump, database), objects);
}

/** A backup of these objects, that proves and reads as the object store does. */
export function backupOf(manifest: BackupManifest, objects: Map<string, Buffer>): BackupInMemory {
  const objectOf = (key: string): Buffer => {
    const object = objects.get(key);
    if (!object) throw new JobError('BackupCorrupt', `${key} is missing.`);
    return object;
  };
  return {
    manifest,
    objects,
    verifyObject: async (key, { onBytes } = {}) => {
      const named = manifest.objects.find((object) => object.key === key);
      const object = objectOf(key);
      onBytes?.(object.length);
      if (named?.stored_bytes !== object.length || named.stored_sha256 !== sha256(object))
        throw new JobError('BackupCorrupt', `${key} is not what the manifest says.`);
      return Promise.resolve();
    },
    read: (key, { range } = {}) => {
      const object = objectOf(key);
      const bytes = range ? object.subarray(range.offset, range.offset + range.bytes) : object;
      const count = Math.ceil(bytes.length / PIECE_BYTES);
      return Readable.from(
        Array.from({ length: count }, (_, index) => bytes.subarray(index * PIECE_BYTES, (index + 1) * PIECE_BYTES)),
      );
    },
  };
}

function manifestOf(dump: DatabaseDump, database: string): BackupManifest {
  const time = '2026-11-30T00:00:00.000Z';
  return {
    ...{ manifest_version: MANIFEST_VERSION, backup_id: '20261130T000000Z-00000000', engine: 'parallel' },
    ...{ db_name: database, started_at: time, finished_at: time, tools: {}, restore: { all: 'zstd -dc' } },
    ...manifestOfDump(dump),
  };
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
