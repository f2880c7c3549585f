import type { ScriptedS3Server } from '@serverless-ops/test-servers';
import type { Bucket } from '../bucket.ts';
import { startScriptedBucket, type ScriptedBucket } from '../testing/scripted-bucket.ts';
import { putObject, storeBackup } from '../testing/store-backup.ts';
import { listBackups } from './list-backups.ts';
import { timeOfBackupId } from './time-of-backup-id.ts';

const folder = { s3Path: 'backups', dbName: 'shop', dbEnv: 'demo' };

let s3: ScriptedS3Server;
let stop: ScriptedBucket['stop'];
let bucket: Bucket;

beforeEach(async () => {
  ({ s3, bucket, stop } = await startScriptedBucket());
});

afterEach(() => stop());

describe('listBackups', () => {
  it('tells from the keys alone when a backup began and ended, its size, its engine and whether it is complete', async () => {
    await storeBackup(bucket, 'backups/shop/demo', '20261122T021530Z-9f86d081');
    await putObject(bucket, 'backups/shop/demo/20261123T000000Z-00000000/dump.sql.zst', 'twelve bytes');
    s3.recorded.length = 0;

    const { backups, foreignKeys } = await listBackups(bucket, folder);

    expect(s3.recorded.map(({ operation }) => operation)).toEqual(['ListObjectsV2']);
    expect(foreignKeys).toEqual([]);
    expect(backups).toMatchObject([
      {
        backupId: '20261122T021530Z-9f86d081',
        prefix: 'backups/shop/demo/20261122T021530Z-9f86d081',
        startedAt: new Date('2026-11-22T02:15:30Z'),
        engine: 'parallel',
        storedBytes: ['1-tables', '2-rows-00001', '3-objects']
          .map((name) => s3.object('backups', `backups/shop/demo/20261122T021530Z-9f86d081/${name}.sql.zst`))
          .reduce((sum, object) => sum + (object?.body.length ?? 0), 0),
      },
      { backupId: '20261123T000000Z-00000000', finishedAt: undefined, engine: 'script', storedBytes: 12 },
    ]);
    expect(backups[0]?.finishedAt).toBeInstanceOf(Date);
    expect(backups[0]?.objects).toHaveLength(4);
  });

  it('gives the oldest first, and two of one second in the order of their ids', async () => {
    for (const id of ['20261122T021530Z-ff000000', '20261122T021530Z-0f000000', '20251231T235959Z-00000000']) {
      await putObject(bucket, `backups/shop/demo/${id}/manifest.json`, '{}');
    }
    const { backups } = await listBackups(bucket, folder);
    expect(backups.map(({ backupId }) => backupId)).toEqual([
      '20251231T235959Z-00000000',
      '20261122T021530Z-0f000000',
      '20261122T021530Z-ff000000',
    ]);
  });

  it('takes nothing for a backup that has not the id of one, and nothing of another database', async () => {
    const foreign = ['note.txt', 'before-migration/manifest.json', '20261322T021530Z-9f86d081/manifest.json'];
    for (const key of foreign) await putObject(bucket, `backups/shop/demo/${key}`, 'text');
    await putObject(bucket, 'backups/shop/demo2/20261122T021530Z-9f86d081/manifest.json', '{}');

    const { backups, foreignKeys } = await listBackups(bucket, folder);

    expect(backups).toEqual([]);
    expect(foreignKeys.toSorted()).toEqual(foreign.map((key) => `backups/shop/demo/${key}`).toSorted());
  });

  it('follows the pages of a long listing', async () => {
    const keys = Array.from({ length: 1_001 }, (_, i) => `${String(i).padStart(4, '0')}.sql.zst`);
    for (const key of keys) await putObject(bucket, `backups/shop/demo/20261122T021530Z-9f86d081/${key}`, '.');
    s3.recorded.length = 0;

    const { backups } = await listBackups(bucket, folder);

    expect(backups).toMatchObject([{ storedBytes: 1_001 }]);
    expect(s3.recorded).toHaveLength(2);
  });

  it.each([
    [{ status: 403, code: 'AccessDenied' }, 'AccessDenied', 's3:ListBucket'],
    [{ status: 404, code: 'NoSuchBucket' }, 'BucketNotFound', 'There is no bucket backups'],
    [{ status: 503, code: 'SlowDown' }, 'ServiceThrottled', 'Order the job again'],
  ])('says what is wrong when S3 answers %j', async (answer, code, words) => {
    s3.script.push({ operation: 'ListObjectsV2', fault: { kind: 'error', ...answer } });
    await expect(listBackups(bucket, folder)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(words) as string,
    });
  });
});

describe('timeOfBackupId', () => {
  it.each(['20260230T000000Z-00000000', '20261122T240000Z-00000000', '20261122T006000Z-00000000', 'latest'])(
    'is undefined for %s',
    (id) => {
      expect(timeOfBackupId(id)).toBeUndefined();
    },
  );
});
