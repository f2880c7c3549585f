import { S3Client } from '@aws-sdk/client-s3';
import { startScriptedS3Server, type ScriptedS3Fault, type ScriptedS3Server } from '@serverless-ops/test-servers';
import { beginBackup } from './backup-upload.ts';
import type { Bucket } from './bucket.ts';
import { S3_CLIENT_DEFAULTS } from './s3-client-defaults.ts';
import { someManifest } from './testing/some-manifest.ts';

const prefix = 'backups/shop/demo/20261122T021530Z-9f86d081';
const { signal } = new AbortController();

let s3: ScriptedS3Server;
let client: S3Client;

beforeEach(async () => {
  s3 = await startScriptedS3Server();
  client = new S3Client({ ...S3_CLIENT_DEFAULTS, ...s3.clientConfig, maxAttempts: 1 });
});

afterEach(async () => {
  client.destroy();
  await s3.stop();
});

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text));
}

/** A backup of two objects, sent and not committed. */
async function sendBackup(options: Partial<Bucket> = {}) {
  const backup = beginBackup({ client, bucket: 'backups', ...options }, prefix);
  const stored = [
    await backup.send({ key: '1-tables.sql.zst', source: bytes('tables'), signal }),
    await backup.send({ key: '2-rows-00001.sql.zst', source: bytes('rows'), signal }),
  ];
  return { backup, stored };
}

const visible = (): string[] =>
  ['1-tables.sql.zst', '2-rows-00001.sql.zst', 'manifest.json'].filter(
    (key) => s3.object('backups', `${prefix}/${key}`) !== undefined,
  );

describe('a backup on its way into the bucket', () => {
  it('shows nothing before it is committed, and then everything', async () => {
    const { backup, stored } = await sendBackup();
    expect(stored).toMatchObject([
      { key: '1-tables.sql.zst', storedBytes: 6 },
      { key: '2-rows-00001.sql.zst', storedBytes: 4 },
    ]);
    expect(visible()).toEqual([]);

    await backup.commit(someManifest);

    expect(visible()).toEqual(['1-tables.sql.zst', '2-rows-00001.sql.zst', 'manifest.json']);
    expect(s3.openUploads()).toEqual([]);
  });

  it('shows the manifest last', async () => {
    const { backup } = await sendBackup();

    await backup.commit(someManifest);

    expect(s3.recorded.map(({ operation }) => operation).slice(-3)).toEqual([
      'CompleteMultipartUpload',
      'CompleteMultipartUpload',
      'PutObject',
    ]);
  });

  describe.each(['CompleteMultipartUpload', 'PutObject'] as const)('when S3 at %s', (operation) => {
    it.each<[string, Omit<ScriptedS3Fault, 'operation'>]>([
      [
        'answers 500 to every attempt of the client',
        { times: 2, fault: { kind: 'error', status: 500, code: 'Internal' } },
      ],
      ['answers 409', { fault: { kind: 'error', status: 409, code: 'ConditionalRequestConflict' } }],
      ['does it, and its answer is lost', { fault: { kind: 'lost-reply' } }],
    ])('%s, goes on to its end', async (_, fault) => {
      const { backup } = await sendBackup();
      s3.script.push({ operation, ...fault });

      await backup.commit(someManifest);

      expect(visible()).toEqual(['1-tables.sql.zst', '2-rows-00001.sql.zst', 'manifest.json']);
      expect(s3.openUploads()).toEqual([]);
    });
  });

  it('is given up, with nothing visible, when S3 fails for longer than its patience', async () => {
    const { backup } = await sendBackup({ commitPatienceMs: 600 });
    s3.script.push({
      operation: 'CompleteMultipartUpload',
      times: 99,
      fault: { kind: 'error', status: 500, code: 'InternalError' },
    });

    await expect(backup.commit(someManifest)).rejects.toMatchObject({ code: 'UploadFailed' });
    await backup.discard();

    expect([visible(), s3.openUploads()]).toEqual([[], []]);
  });

  it('leaves nothing when it is discarded', async () => {
    const { backup } = await sendBackup();

    await backup.discard();

    expect([visible(), s3.openUploads()]).toEqual([[], []]);
  });

  it('has no manifest when one of its objects cannot be shown', async () => {
    const { backup } = await sendBackup();
    s3.script.push({
      operation: 'CompleteMultipartUpload',
      fault: { kind: 'error', status: 403, code: 'AccessDenied' },
    });

    await expect(backup.commit(someManifest)).rejects.toMatchObject({ code: 'AccessDenied' });
    await backup.discard();

    expect([visible(), s3.openUploads()]).toEqual([[], []]);
  });
});
