import { MANIFEST_VERSION, type BackupManifest } from '@serverless-ops/job-schemas';

/** The manifest of a small backup. */
export const someManifest: BackupManifest = {
  manifest_version: MANIFEST_VERSION,
  backup_id: '20261122T021530Z-9f86d081',
  db_name: 'shop',
  db_env: 'demo',
  engine: 'script',
  consistency: 'single-transaction',
  started_at: '2026-11-22T02:15:30Z',
  finished_at: '2026-11-22T02:16:30Z',
  server: { version: '8.4.6', character_set: 'utf8mb4', collation: 'utf8mb4_0900_ai_ci' },
  tools: { mysqldump: '8.4.6' },
  incomplete: [],
  restore: { all: 'zstd -dc dump.sql.zst | mysql --comments DATABASE' },
  objects: [
    {
      key: 'dump.sql.zst',
      bytes: 100,
      sha256: 'a'.repeat(64),
      stored_bytes: 10,
      stored_sha256: 'b'.repeat(64),
      compression: 'zstd',
    },
  ],
  tables: [{ name: 'orders', rows: 3 }],
};
