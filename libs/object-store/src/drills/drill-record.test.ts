import type { DrillRecord } from '@serverless-ops/job-schemas';
import type { Bucket } from '../bucket.ts';
import { findBackup } from '../reading/find-backup.ts';
import { listBackups } from '../reading/list-backups.ts';
import { startScriptedBucket, type ScriptedBucket } from '../testing/scripted-bucket.ts';
import { putObject, storeBackup } from '../testing/store-backup.ts';
import { readDrillRecord, storeDrillRecord } from './drill-record.ts';

const folder = { s3Path: 'backups', dbName: 'shop', dbEnv: 'demo' };
const ID = '20261122T021530Z-9f86d081';
const PREFIX = `backups/shop/demo/${ID}`;
const FAILED: DrillRecord = {
  ...{ drill_version: 1, backup_id: ID, job_id: 'job-1', passed: false },
  ...{ started_at: '2026-11-30T10:00:00Z', finished_at: '2026-11-30T10:05:00Z' },
  error: { code: 'RestoreDiffers', cause: 'The table orders has 2 rows.' },
};
const { error: _, ...rest } = FAILED;
const PASSED: DrillRecord = {
  ...rest,
  passed: true,
  result: { recovery_ms: 290_000, rows: 3, tables: 1, compared_tables: 1, warning_count: 0 },
};

let stop: ScriptedBucket['stop'];
let bucket: Bucket;

beforeEach(async () => {
  ({ bucket, stop } = await startScriptedBucket());
  await storeBackup(bucket, 'backups/shop/demo', ID);
});

afterEach(() => stop());

const lastDrill = async (): ReturnType<typeof readDrillRecord> => {
  const { backups } = await listBackups(bucket, folder);
  return readDrillRecord(bucket, backups[0] ?? { drill: undefined });
};

test('a backup has no drill, then its first, then its last', async () => {
  expect(await lastDrill()).toBeUndefined();

  await storeDrillRecord(bucket, PREFIX, FAILED);
  expect(await lastDrill()).toEqual(FAILED);

  await storeDrillRecord(bucket, PREFIX, PASSED);
  expect(await lastDrill()).toEqual(PASSED);
});

test('the record of a drill is no part of the backup, and goes with it', async () => {
  const before = await findBackup(bucket, folder, ID);
  await storeDrillRecord(bucket, PREFIX, PASSED);

  const after = await findBackup(bucket, folder, ID);

  expect(after.folderProblems).toEqual([]);
  expect(after.storedBytes).toBe(before.storedBytes);
  expect(after.objects.map(({ key }) => key)).toContain(`${PREFIX}/drill.json`);
});

test.each(['{"drill_version": 2}', 'no JSON'])(
  'a record that is %s is unreadable, and breaks nothing',
  async (text) => {
    await putObject(bucket, `${PREFIX}/drill.json`, text);

    expect(await lastDrill()).toBe('unreadable');
  },
);

test('a record that cannot be stored says so', async () => {
  await expect(storeDrillRecord({ ...bucket, bucket: 'no bucket' }, PREFIX, PASSED)).rejects.toMatchObject({
    code: 'BucketNotFound',
    message: expect.stringContaining('Cannot store the record of the drill') as string,
  });
});
