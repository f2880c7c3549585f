import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import type { BackupManifest } from '@serverless-ops/job-schemas';
import { restoreDump, type DatabaseServer, type ScriptedS3Server } from '@serverless-ops/test-servers';

const BUCKET = 'backups';
const MANIFEST = 'manifest.json';

/** What lies below one folder of a backup, by names within it. */
export type StoredFolder = ReadonlyMap<string, Buffer>;

/** The folders of backups in the bucket, those without a manifest among them. */
export function storedFolders(s3: ScriptedS3Server): StoredFolder[] {
  const byFolder = Map.groupBy(s3.keys(BUCKET, ''), (key) => key.slice(0, key.lastIndexOf('/') + 1));
  return [...byFolder].map(
    ([folder, keys]) =>
      new Map(keys.map((key) => [key.slice(folder.length), s3.object(BUCKET, key)?.body ?? Buffer.alloc(0)])),
  );
}

export const isBackup = (folder: StoredFolder): boolean => folder.has(MANIFEST);

/** A file of definitions has a delimiter of its own, chosen at random. */
const DELIMITER = /;;[0-9a-f]{12}/g;

const sqlSha256 = (sql: Buffer): string => sha256(Buffer.from(sql.toString('latin1').replace(DELIMITER, ''), 'latin1'));

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/**
 * The SHA-256 of the SQL that makes each table, and of that which makes everything else. Fails when an object that the
 * manifest names is not there as the manifest has it, or when there is one that it does not name.
 */
export function contentOf(folder: StoredFolder): Record<string, string> {
  const manifest = JSON.parse(folder.get(MANIFEST)?.toString() ?? '') as BackupManifest;
  const named = manifest.objects.map(({ key, stored_bytes, stored_sha256 }) => ({ key, stored_bytes, stored_sha256 }));
  const found = [...folder]
    .filter(([key]) => key !== MANIFEST)
    .map(([key, bytes]) => ({ key, stored_bytes: bytes.length, stored_sha256: sha256(bytes) }));
  expect(found).toEqual(named.toSorted((a, b) => (a.key < b.key ? -1 : 1)));
  const tables = manifest.tables.map(({ name, rows, parts = [] }) => {
    const frames = parts.map(({ object, offset, stored_bytes: bytes }) =>
      zstdDecompressSync((folder.get(object) ?? Buffer.alloc(0)).subarray(offset, offset + bytes)),
    );
    return [name, `${rows} rows, ${sqlSha256(Buffer.concat(frames))}`];
  });
  const programs = zstdDecompressSync(folder.get('3-objects.sql.zst') ?? Buffer.alloc(0));
  return {
    ...(Object.fromEntries(tables) as Record<string, string>),
    'routines, views, triggers': sqlSha256(programs),
  };
}

/** Restores by `zstd | mysql` into a new database. */
export async function restoreFolder(folder: StoredFolder, server: DatabaseServer, target: string): Promise<void> {
  const path = await mkdtemp(join(tmpdir(), 'restore-'));
  try {
    for (const [name, bytes] of folder) await writeFile(join(path, name), bytes);
    await restoreDump(path, server, target);
  } finally {
    await rm(path, { recursive: true });
  }
}
