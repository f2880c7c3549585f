import type { DrillRecord } from '@serverless-ops/job-schemas';
import { startScriptedParameterStore, type ScriptedParameterStore } from '@serverless-ops/test-servers';
import { startOps, type OpsAtWork } from '../testing/ops-at-work.ts';
import type { BackupWithDrill } from './describe-backups.ts';

const PATH = '/serverlessops/databases/shop/prod';

const backup = (backupId: string, startedAt: string, rest: Partial<BackupWithDrill> = {}): BackupWithDrill => ({
  ...{ backupId, prefix: `backups/shop/prod/${backupId}`, startedAt: new Date(startedAt), finishedAt: undefined },
  ...{ engine: 'parallel', storedBytes: 265_000_000, objects: [], drill: undefined, lastDrill: undefined },
  ...rest,
});

const DRILL: DrillRecord = {
  ...{ drill_version: 1, backup_id: '', job_id: 'job-1', passed: true },
  ...{ started_at: '2026-11-28T09:00:00Z', finished_at: '2026-11-28T09:05:00Z' },
};

const BACKUPS = [
  backup('20261121T021530Z-00000002', '2026-11-21T02:15:30Z', {
    finishedAt: new Date('2026-11-21T02:21:30Z'),
    lastDrill: { ...DRILL, passed: false, error: { code: 'RestoreDiffers', cause: 'The table orders has 2 rows.' } },
  }),
  backup('20261122T021530Z-9f86d081', '2026-11-22T02:15:30Z', {
    finishedAt: new Date('2026-11-22T02:21:30Z'),
    lastDrill: {
      ...DRILL,
      result: { recovery_ms: 290_000, rows: 3, tables: 1, compared_tables: 1, warning_count: 0 },
    },
  }),
  backup('20261130T091500Z-00000001', '2026-11-30T09:15:00Z', { engine: undefined, storedBytes: 0 }),
];

let parameterStore: ScriptedParameterStore;
let ops: OpsAtWork;
beforeEach(async () => {
  parameterStore = await startScriptedParameterStore({ keys: ['alias/serverlessops'] });
  ops = startOps(parameterStore.clientConfig, '');
});
afterEach(async () => {
  ops.finish();
  await parameterStore.stop();
});

it('lists for a person how old, how long and how large each backup is, and what is none', async () => {
  await ops.put(`${PATH}/s3_bucket`, 'our-backups');
  await ops.put(`${PATH}/s3_path`, '/backups/');

  const { exitCode, said } = await ops.run(['backups', 'shop', 'prod'], { backups: BACKUPS });

  expect(exitCode).toBe(0);
  expect(said.split('\n')).toEqual([
    'BACKUP ID                  AGE     TOOK                                SIZE     ENGINE    LAST DRILL',
    '20261121T021530Z-00000002  9 days  6 min                               265 MB   parallel  FAILED (RestoreDiffers), 2 days ago',
    '20261122T021530Z-9f86d081  8 days  6 min                               265 MB   parallel  came back in 5 min, 2 days ago',
    '20261130T091500Z-00000001  1 hour  no manifest: it runs, or broke off  0 bytes            none',
    '',
  ]);
});

it('lists for a program, and says where it found none', async () => {
  await ops.put(`${PATH}/s3_bucket`, 'our-backups');
  await ops.put(`${PATH}/s3_path`, '/backups/');

  const listed = await ops.run(['backups', 'shop', 'prod', '--json'], { backups: BACKUPS });
  const none = await ops.run(['backups', 'shop', 'prod']);

  expect(JSON.parse(listed.said)).toEqual([
    expect.objectContaining({ last_drill: BACKUPS[0]?.lastDrill }),
    {
      backup_id: '20261122T021530Z-9f86d081',
      started_at: '2026-11-22T02:15:30.000Z',
      finished_at: '2026-11-22T02:21:30.000Z',
      stored_bytes: 265_000_000,
      engine: 'parallel',
      last_drill: BACKUPS[1]?.lastDrill,
    },
    { backup_id: '20261130T091500Z-00000001', started_at: '2026-11-30T09:15:00.000Z', stored_bytes: 0 },
  ]);
  expect(none.said).toBe('There is no backup below s3://our-backups/backups/shop/prod/.\n');
});

it('says what is missing of a database that is not filed, and of names that are none', async () => {
  expect(await ops.run(['backups', 'shop', 'prod'])).toMatchObject({
    exitCode: 2,
    complained: `Parameter Store has no s3_bucket below ${PATH}. Store it with "npx ops params push", or check the names.\n`,
  });
  expect((await ops.run(['backups', 'shop/prod', 'x'])).exitCode).toBe(2);
});
