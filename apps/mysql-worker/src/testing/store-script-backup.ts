import { MANIFEST_VERSION, type BackupManifest } from '@serverless-ops/job-schemas';
import type { ObjectStore } from '@serverless-ops/object-store';

/** The zstd frame of `SET @a = 1;`, with a checksum. */
const DUMP = Buffer.from('KLUv/SQLWQAAU0VUIEBhID0gMTvcKpIv', 'base64');

/** Stores a backup of classicmodels/demo below the path `b`, as the script engine does: one object of 24 bytes. */
export async function storeScriptBackup(
  store: ObjectStore,
  backupId: string,
  otherwise: Partial<BackupManifest> = {},
): Promise<void> {
  const upload = store.beginBackup(`b/classicmodels/demo/${backupId}`);
  const { signal } = new AbortController();
  const stored = await upload.send({ key: 'dump.sql.zst', source: chunks(), signal });
  await upload.commit({
    manifest_version: MANIFEST_VERSION,
    backup_id: backupId,
    db_name: 'classicmodels',
    db_env: 'demo',
    engine: 'script',
    consistency: 'single-transaction',
    started_at: '2026-11-22T02:15:30Z',
    finished_at: '2026-11-22T02:16:30Z',
    server: { version: '8.4.6', character_set: 'utf8mb4', collation: 'utf8mb4_0900_ai_ci' },
    tools: {},
    incomplete: [],
    restore: { all: 'zstd -dc dump.sql.zst | mysql' },
    objects: [
      {
        key: 'dump.sql.zst',
        bytes: 11,
        stored_bytes: stored.storedBytes,
        stored_sha256: stored.storedSha256,
        compression: 'zstd',
      },
    ],
    tables: [{ name: 'a', rows: 3 }],
    ...otherwise,
  });
}

async function* chunks(): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(DUMP);
}
