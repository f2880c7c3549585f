import { createHash } from 'node:crypto';
import { constants, zstdCompressSync } from 'node:zlib';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { BackupManifest } from '@serverless-ops/job-schemas';
import type { Bucket } from '../bucket.ts';
import { commitManifest } from '../commit-manifest.ts';
import { someManifest } from './some-manifest.ts';

/** A zstd frame with a checksum, as the worker writes it. */
function frame(sql: string): Buffer {
  return zstdCompressSync(sql, { params: { [constants.ZSTD_c_checksumFlag]: 1 } });
}

const SESSION = 'SET NAMES utf8mb4;\n';
const DEFAULTS = 'ALTER DATABASE CHARACTER SET utf8mb4;\n';
const ORDERS = 'CREATE TABLE `orders` (`id` int);\n';
const END = 'SET NAMES latin1;\n';
const ROWS = ['INSERT INTO `orders` VALUES (1),(2);\n', `INSERT INTO \`orders\` VALUES ${'(3),'.repeat(50_000)}(4);\n`];

/** Objects of a backup of the worker's own engine: each definition and each run of rows is a frame of its own. */
export function someObjects(): Record<string, Buffer[]> {
  return {
    '1-tables.sql.zst': [SESSION, DEFAULTS, ORDERS, END].map(frame),
    '2-rows-00001.sql.zst': ROWS.map(frame),
    '3-objects.sql.zst': [frame('CREATE VIEW `v` AS SELECT 1;\n')],
  };
}

/** The manifest of {@link someObjects}. */
export function manifestOf(backupId: string): BackupManifest {
  const objects = someObjects();
  const place = (object: string, index: number, sql: string, rows = 0) => ({
    object,
    offset: Buffer.concat(objects[object]?.slice(0, index) ?? []).length,
    stored_bytes: objects[object]?.[index]?.length ?? 0,
    bytes: sql.length,
    rows,
  });
  const sql = [SESSION + DEFAULTS + ORDERS + END, ROWS.join(''), 'CREATE VIEW `v` AS SELECT 1;\n'];
  return {
    ...someManifest,
    backup_id: backupId,
    engine: 'parallel',
    objects: Object.entries(objects).map(([key, frames], index) => ({
      key,
      bytes: sql[index]?.length ?? 0,
      stored_bytes: Buffer.concat(frames).length,
      stored_sha256: sha256(Buffer.concat(frames)),
      compression: 'zstd',
    })),
    tables: [
      {
        name: 'orders',
        rows: 50_003,
        parts: [
          place('1-tables.sql.zst', 0, SESSION),
          place('1-tables.sql.zst', 2, ORDERS),
          place('1-tables.sql.zst', 3, END),
          place('2-rows-00001.sql.zst', 0, ROWS[0] ?? '', 2),
          place('2-rows-00001.sql.zst', 1, ROWS[1] ?? '', 50_001),
        ],
      },
    ],
  };
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export async function putObject(
  { client, bucket }: Bucket,
  key: string,
  body: Buffer | string,
  metadata?: Record<string, string>,
): Promise<void> {
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, Metadata: metadata }));
}

/** Stores a backup of three objects below `<folder>/<backupId>`. */
export async function storeBackup(
  bucket: Bucket,
  folder: string,
  backupId: string,
  change: (manifest: BackupManifest) => BackupManifest = (manifest) => manifest,
): Promise<void> {
  const prefix = `${folder}/${backupId}`;
  for (const [key, frames] of Object.entries(someObjects())) {
    await putObject(bucket, `${prefix}/${key}`, Buffer.concat(frames));
  }
  await commitManifest(bucket, { prefix, manifest: change(manifestOf(backupId)) });
}
