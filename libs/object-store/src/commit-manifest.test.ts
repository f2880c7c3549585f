import { createHash } from 'node:crypto';
import { S3Client } from '@aws-sdk/client-s3';
import type { BackupManifest } from '@serverless-ops/job-schemas';
import { startScriptedS3Server, type ScriptedS3Server } from '@serverless-ops/test-servers';
import type { Bucket } from './bucket.ts';
import { commitManifest } from './commit-manifest.ts';
import { S3_CLIENT_DEFAULTS } from './s3-client-defaults.ts';
import { someManifest } from './testing/some-manifest.ts';

const prefix = 'backups/shop/demo/20261122T021530Z-9f86d081';
const key = `${prefix}/manifest.json`;
const manifest = someManifest;

let s3: ScriptedS3Server;
let client: S3Client;
let bucket: Bucket;

beforeEach(async () => {
  s3 = await startScriptedS3Server();
  client = new S3Client({ ...S3_CLIENT_DEFAULTS, ...s3.clientConfig, maxAttempts: 2 });
  bucket = { client, bucket: 'backups', commitPatienceMs: 0 };
});

afterEach(async () => {
  client.destroy();
  await s3.stop();
});

const stored = (): string | undefined => s3.object('backups', key)?.body.toString();

describe('commitManifest', () => {
  it('stores the manifest for people to read, with its SHA-256 beside it', async () => {
    await commitManifest(bucket, { prefix, manifest });

    expect(JSON.parse(stored() ?? '')).toEqual(manifest);
    expect(stored()).toMatch(/^\{\n {2}"manifest_version": 2,\n[^]*\n\}\n$/);
    expect(s3.object('backups', key)).toMatchObject({
      contentType: 'application/json',
      metadata: {
        sha256: createHash('sha256')
          .update(stored() ?? '')
          .digest('hex'),
      },
    });
  });

  it('writes the same bytes in whatever order the manifest was put together', async () => {
    await commitManifest(bucket, { prefix, manifest });
    const reversed = Object.fromEntries(Object.entries(manifest).reverse()) as BackupManifest;
    await commitManifest(bucket, { prefix: 'other', manifest: reversed });
    expect(s3.object('backups', 'other/manifest.json')?.body.toString()).toBe(stored());
  });

  it.each([1, 2])('succeeds although its reply is lost %d times', async (times) => {
    s3.script.push({ operation: 'PutObject', times, fault: { kind: 'lost-reply' } });
    await commitManifest(bucket, { prefix, manifest });
    expect(stored()).toContain('20261122T021530Z-9f86d081');
  });

  it('succeeds although its reply is lost, with a role that may only write and list', async () => {
    s3.script.push(
      { operation: 'PutObject', fault: { kind: 'lost-reply' } },
      { operation: 'HeadObject', fault: { kind: 'error', status: 403, code: 'AccessDenied' } },
    );
    await expect(commitManifest(bucket, { prefix, manifest })).resolves.toBeUndefined();
  });

  it('is the same done twice', async () => {
    await commitManifest(bucket, { prefix, manifest });
    await expect(commitManifest(bucket, { prefix, manifest })).resolves.toBeUndefined();
  });

  it('never replaces the manifest of another backup, even one of the same size', async () => {
    await commitManifest(bucket, { prefix, manifest });
    const other = { ...manifest, db_name: 'shoe' };
    await expect(commitManifest(bucket, { prefix, manifest: other })).rejects.toMatchObject({ code: 'UploadFailed' });
    expect(stored()).toContain('"db_name": "shop"');
  });

  it('sends nothing when the manifest is malformed, and names every problem', async () => {
    const malformed = { ...manifest, started_at: 'yesterday', tables: [{ name: 'orders', rows: -1 }] };
    await expect(commitManifest(bucket, { prefix, manifest: malformed })).rejects.toMatchObject({
      code: 'InternalError',
      message: expect.stringMatching(/manifest\.started_at: .*; manifest\.tables\.0\.rows: /) as string,
    });
    expect(s3.recorded).toEqual([]);
  });

  it('says when it may not write', async () => {
    s3.script.push({ operation: 'PutObject', fault: { kind: 'error', status: 403, code: 'AccessDenied' } });
    await expect(commitManifest(bucket, { prefix, manifest })).rejects.toMatchObject({ code: 'AccessDenied' });
    expect(stored()).toBeUndefined();
  });
});
