import { S3Client } from '@aws-sdk/client-s3';
import { createObjectStore, newBackupId, S3_CLIENT_DEFAULTS } from '@serverless-ops/object-store';
import { startScriptedS3Server, type ScriptedS3Server } from '@serverless-ops/test-servers';
import { someContext, someMeans } from '../testing/some-job.ts';
import { performDbVerify } from './db-verify.ts';

const options = { db_name: 'classicmodels', db_env: 'demo', backup_id: 'latest' };

let s3: ScriptedS3Server;
let client: S3Client;

beforeEach(async () => {
  s3 = await startScriptedS3Server();
  client = new S3Client({ ...S3_CLIENT_DEFAULTS, ...s3.clientConfig });
});

afterEach(async () => {
  client.destroy();
  await s3.stop();
});

const means = () => someMeans({ storage: { store: createObjectStore({ client, bucket: 'backups' }), s3Path: 'b' } });

describe('db_verify', () => {
  it('touches no bucket in a dry run', async () => {
    expect(await performDbVerify(options, someMeans({ storage: 'dry run' }), someContext())).toMatchObject({
      status: 'job complete',
      backup_id: 'latest',
      objects: 0,
    });
  });

  it('says that there is no backup', async () => {
    await expect(performDbVerify(options, means(), someContext())).rejects.toMatchObject({ code: 'BackupNotFound' });
  });

  it('tells what the backup has, and reports what it reads', async () => {
    const id = await storeScriptBackup();
    const progress: unknown[] = [];
    const context = someContext({ reportProgress: (report) => progress.push(report) });

    expect(await performDbVerify(options, means(), context)).toEqual({
      status: 'job complete',
      backup_id: id,
      objects: 1,
      stored_bytes: 24,
      bytes: 11,
      tables: 1,
      rows: 3,
      incomplete_count: 1,
      duration_ms: 0,
    });
    expect(progress).toEqual([{ phase: 'verifying', bytes: 24, of_bytes: 24 }]);
  });

  it('fails with every problem in its cause', async () => {
    const id = await storeScriptBackup();
    await fetch(`${s3.clientConfig.endpoint}/backups/b/classicmodels/demo/${id}/dump.sql.zst`, {
      method: 'PUT',
      body: 'x'.repeat(24),
    });
    await fetch(`${s3.clientConfig.endpoint}/backups/b/classicmodels/demo/${id}/note`, { method: 'PUT', body: '' });
    await expect(performDbVerify(options, means(), someContext())).rejects.toMatchObject({
      code: 'BackupCorrupt',
      message:
        `The backup s3://backups/b/classicmodels/demo/${id}/ has 2 problems. ` +
        'Order db_backup now, and restore from another backup. ' +
        '(1) note is not in the manifest (2) dump.sql.zst does not have the SHA-256 of the manifest',
    });
  });
});

/** A backup of one object, as the script engine stores it. */
async function storeScriptBackup(): Promise<string> {
  const id = newBackupId(new Date('2026-11-22T02:15:30Z'));
  const upload = createObjectStore({ client, bucket: 'backups' }).beginBackup(`b/classicmodels/demo/${id}`);
  // The zstd frame of 'SET @a = 1;', with a checksum.
  const dump = Buffer.from('KLUv/SQLWQAAU0VUIEBhID0gMTvcKpIv', 'base64');
  async function* source(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(dump);
  }
  const { signal } = new AbortController();
  const stored = await upload.send({ key: 'dump.sql.zst', source: source(), signal });
  await upload.commit({
    manifest_version: 2,
    backup_id: id,
    db_name: 'classicmodels',
    db_env: 'demo',
    engine: 'script',
    consistency: 'single-transaction',
    started_at: '2026-11-22T02:15:30Z',
    finished_at: '2026-11-22T02:16:30Z',
    server: { version: '8.4.6', character_set: 'utf8mb4', collation: 'utf8mb4_0900_ai_ci' },
    tools: {},
    incomplete: [{ what: 'event e', why: 'not seen', remedy: 'GRANT EVENT' }],
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
  });
  return id;
}
