import { S3Client } from '@aws-sdk/client-s3';
import type { ScriptedS3Server } from '@serverless-ops/test-servers';
import type { Bucket } from '../bucket.ts';
import { listBackups, type ListedBackup } from '../reading/list-backups.ts';
import { S3_CLIENT_DEFAULTS } from '../s3-client-defaults.ts';
import { startScriptedBucket, type ScriptedBucket } from '../testing/scripted-bucket.ts';
import { putObject, storeBackup } from '../testing/store-backup.ts';
import { bucketVersioning } from './bucket-versioning.ts';
import { deleteBackup } from './delete-backup.ts';

const folder = { s3Path: 'backups', dbName: 'shop', dbEnv: 'demo' };
const prefix = 'backups/shop/demo/20261122T021530Z-9f86d081';

let s3: ScriptedS3Server;
let stop: ScriptedBucket['stop'];
let bucket: Bucket;

beforeEach(async () => {
  ({ s3, bucket, stop } = await startScriptedBucket());
});

afterEach(() => stop());

async function listed(): Promise<ListedBackup> {
  const { backups } = await listBackups(bucket, folder);
  if (!backups[0]) throw new Error('There is no backup.');
  return backups[0];
}

describe('deleteBackup', () => {
  it('deletes the manifest, then everything else in the folder, and nothing beside it', async () => {
    await storeBackup(bucket, 'backups/shop/demo', '20261122T021530Z-9f86d081');
    await putObject(bucket, `${prefix}/note.txt`, 'text');
    await putObject(bucket, `${prefix}0/manifest.json`, 'text');
    const backup = await listed();
    s3.recorded.length = 0;

    await deleteBackup(bucket, backup);

    expect(s3.recorded.map(({ operation }) => operation)).toEqual(['DeleteObject', 'DeleteObjects']);
    expect(s3.keys('backups', '')).toEqual([`${prefix}0/manifest.json`]);
  });

  it('deletes more objects than one request takes', async () => {
    for (let i = 0; i < 1_001; i++) await putObject(bucket, `${prefix}/${i}.sql.zst`, '.');
    await deleteBackup(bucket, await listed());
    expect(s3.keys('backups', '')).toEqual([]);
  });

  it('can be done again when it was cut off', async () => {
    await storeBackup(bucket, 'backups/shop/demo', '20261122T021530Z-9f86d081');
    const backup = await listed();
    s3.script.push({ operation: 'DeleteObjects', fault: { kind: 'lost-reply' } });
    await expect(deleteBackup(bucket, backup)).rejects.toMatchObject({
      code: 'ServiceUnreachable',
      message: expect.stringContaining('The manifest is deleted, so this is no backup any more.') as string,
    });
    await deleteBackup(bucket, backup);
    expect(s3.keys('backups', '')).toEqual([]);
  });

  it('leaves the whole backup when its manifest may not be deleted', async () => {
    await storeBackup(bucket, 'backups/shop/demo', '20261122T021530Z-9f86d081');
    s3.script.push({ operation: 'DeleteObject', fault: { kind: 'error', status: 403, code: 'AccessDenied' } });
    await expect(deleteBackup(bucket, await listed())).rejects.toMatchObject({
      code: 'AccessDenied',
      message: expect.stringMatching(
        new RegExp(`s3:DeleteObject on arn:aws:s3:::backups/${prefix}/manifest\\.json(?!.*manifest is deleted)`),
      ) as string,
    });
    expect(s3.keys('backups', '')).toHaveLength(4);
  });

  it.each([
    ['AccessDenied', 'AccessDenied', 'policy of the bucket'],
    ['InternalError', 'ServiceThrottled', 'The manifest is deleted, so this is no backup any more'],
  ])('says which object S3 did not delete in an answer of success: %s', async (said, code, words) => {
    await storeBackup(bucket, 'backups/shop/demo', '20261122T021530Z-9f86d081');
    const backup = await listed();
    const answers = new S3Client({ ...S3_CLIENT_DEFAULTS, ...s3.clientConfig });
    answers.middlewareStack.add(
      () => () =>
        Promise.resolve({
          response: undefined,
          output: { $metadata: {}, Errors: [{ Key: `${prefix}/1-tables.sql.zst`, Code: said, Message: 'no' }] },
        }),
      { step: 'initialize' },
    );
    await expect(deleteBackup({ client: answers, bucket: 'backups' }, backup)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(new RegExp(`1-tables\\.sql\\.zst \\(${said}: no\\).*${words}`)) as string,
    });
  });
});

describe('bucketVersioning', () => {
  it.each([
    [undefined, 'off'],
    ['Enabled', 'enabled'],
    ['Suspended', 'suspended'],
  ] as const)('of a bucket with the status %s is %s', async (status, versioning) => {
    s3.setVersioning('backups', status);
    expect(await bucketVersioning(bucket)).toBe(versioning);
  });

  it('names the right that is missing', async () => {
    s3.script.push({ operation: 'GetBucketVersioning', fault: { kind: 'error', status: 403, code: 'AccessDenied' } });
    await expect(bucketVersioning(bucket)).rejects.toMatchObject({
      code: 'AccessDenied',
      message: expect.stringContaining('s3:GetBucketVersioning on arn:aws:s3:::backups,') as string,
    });
  });
});
