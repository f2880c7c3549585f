import { S3Client } from '@aws-sdk/client-s3';
import { JOB_KINDS } from '@serverless-ops/job-schemas';
import { createObjectStore, S3_CLIENT_DEFAULTS } from '@serverless-ops/object-store';
import { startScriptedS3Server, type ScriptedS3Server } from '@serverless-ops/test-servers';
import type { RunningJob } from '../prune/running-jobs.ts';
import { someContext, someMeans } from '../testing/some-job.ts';
import { storeScriptBackup } from '../testing/store-script-backup.ts';
import { performDbPrune } from './db-prune.ts';

const DATABASE = { db_name: 'classicmodels', db_env: 'demo' };
const FOLDER = 'b/classicmodels/demo';
const [OLD, MIDDLE, NEW] = [
  '20261120T021530Z-00000001',
  '20261121T021530Z-00000002',
  '20261122T021530Z-00000003',
] as const;

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

const store = () => createObjectStore({ client, bucket: 'backups' });
const means = (otherwise: Parameters<typeof someMeans>[0] = {}) =>
  someMeans({ storage: { store: store(), s3Path: 'b' }, ...otherwise });
const options = (rule: object) => JOB_KINDS.db_prune.options.parse({ ...DATABASE, ...rule });
const folders = () => [...new Set(s3.keys('backups', FOLDER).map((key) => key.split('/')[3]))];

async function storeThree(): Promise<void> {
  for (const id of [OLD, MIDDLE, NEW]) await storeScriptBackup(store(), id);
}

describe('db_prune', () => {
  it('only tells what it would delete, unless it is told otherwise; then it does that, and tells the same', async () => {
    await storeThree();
    const told = await performDbPrune(options({ keep_daily: 1 }), means(), someContext());

    expect(told).toMatchObject({
      status: 'job complete',
      dry_run: true,
      kept: 1,
      deleted: 2,
      deleted_objects: 4,
      kept_backups: [`${NEW}: daily 2026-11-22`],
      deleted_backups: [`${OLD}: kept by no rule`, `${MIDDLE}: kept by no rule`],
      versioning: 'off',
      notes: [],
    });
    expect(folders()).toEqual([OLD, MIDDLE, NEW]);

    const done = await performDbPrune(options({ keep_daily: 1, dry_run: false }), means(), someContext());

    expect(done).toEqual({ ...told, dry_run: false });
    expect(folders()).toEqual([NEW]);
  });

  it('deletes the manifest of a backup before the rest of it', async () => {
    await storeThree();
    s3.recorded.length = 0;
    await performDbPrune(options({ keep_daily: 2, dry_run: false }), means(), someContext());
    expect(s3.recorded.slice(-2).map(({ operation, key }) => [operation, key])).toEqual([
      ['DeleteObject', `${FOLDER}/${OLD}/manifest.json`],
      ['DeleteObjects', ''],
    ]);
  });

  it('never lets a backup of some tables, or one that lacks something, take the place of a whole one', async () => {
    await storeScriptBackup(store(), OLD);
    await storeScriptBackup(store(), MIDDLE, { selection: { include_tables: ['orders'], exclude_tables: [] } });
    await storeScriptBackup(store(), NEW, { incomplete: [{ what: 'event', why: 'not seen', remedy: 'GRANT' }] });
    const { kept, deleted } = await performDbPrune(options({ keep_monthly: 1 }), means(), someContext());
    expect([kept, deleted]).toEqual([3, 0]);
  });

  describe('while another job runs', () => {
    const job = (name: string, order: object): RunningJob => ({
      jobId: `${name}-1`,
      jobName: name,
      startedAt: new Date(Date.now() + 3_600_000),
      options: { ...DATABASE, ...order },
    });
    const keptBeside = async (running: RunningJob[] | undefined) => {
      await storeThree();
      const result = await performDbPrune(
        options({ keep_daily: 1 }),
        means({ runningJobs: () => Promise.resolve(running) }),
        someContext(),
      );
      return result;
    };

    it.each(['db_verify', 'db_restore'])('keeps the backup that %s reads', async (name) => {
      const { kept_backups } = await keptBeside([job(name, { backup_id: OLD })]);
      expect(kept_backups).toEqual([`${NEW}: daily 2026-11-22`, `${OLD}: in use by ${name}-1`]);
    });

    it('keeps the backup that a restore on another server reads', async () => {
      const order = { db_env: 'restorer', backup_db_env: DATABASE.db_env, backup_id: OLD };
      const { kept_backups } = await keptBeside([job('db_restore', order)]);
      expect(kept_backups).toContain(`${OLD}: in use by db_restore-1`);
    });

    it.each([
      ['reads one of another environment', job('db_restore', { backup_id: OLD, backup_db_env: 'other' })],
      ['reads no backup', job('db_backup', { backup_id: OLD })],
      ['reads one of another database', job('db_verify', { backup_id: OLD, db_env: 'other' })],
      ['reads the latest', job('db_verify', {})],
    ])('keeps no more for a job that %s', async (_, running) => {
      expect((await keptBeside([running])).kept).toBe(1);
    });

    it('says when it cannot know', async () => {
      expect((await keptBeside(undefined)).notes).toEqual([expect.stringContaining('without the workflow')]);
    });
  });

  it('leaves what it cannot judge, and names it', async () => {
    await storeThree();
    const put = (key: string, body: string) =>
      fetch(`${s3.clientConfig.endpoint}/backups/${FOLDER}/${key}`, { method: 'PUT', body });
    await put(`${OLD}/manifest.json`, '{}');
    await put('before-migration/dump.sql', 'text');

    const result = await performDbPrune(options({ keep_daily: 1, dry_run: false }), means(), someContext());

    expect(result.kept_backups).toContain(`${OLD}: not readable, so not judged`);
    expect(result.notes).toEqual([
      `Backups whose manifest cannot be read count for nothing and stay (1): ${OLD}. Order db_verify to see why.`,
      `Objects below the folder that belong to no backup stay (1), such as ${FOLDER}/before-migration/dump.sql.`,
    ]);
    expect(folders()).toEqual([OLD, NEW, 'before-migration']);
  });

  it('deletes nothing when its end is no longer wanted', async () => {
    await storeThree();
    const unwanted = new Error('Step Functions no longer waits');
    await expect(
      performDbPrune(
        options({ keep_daily: 1, dry_run: false }),
        means({ assertStillWanted: () => Promise.reject(unwanted) }),
        someContext(),
      ),
    ).rejects.toBe(unwanted);
    expect(folders()).toEqual([OLD, MIDDLE, NEW]);
  });

  it('can be ordered again when it was cut off, and ends then', async () => {
    await storeThree();
    const order = options({ keep_daily: 1, dry_run: false });
    s3.script.push({ operation: 'DeleteObjects', fault: { kind: 'error', status: 503, code: 'SlowDown' } });
    await expect(performDbPrune(order, means(), someContext())).rejects.toMatchObject({
      code: 'ServiceThrottled',
      message: expect.stringMatching(
        new RegExp(`s3://backups/${FOLDER}/${OLD}/ .*The manifest is deleted, so this is no backup any more\\.`),
      ) as string,
    });
    // The oldest is no backup any more, and nothing else is gone.
    expect(folders()).toEqual([OLD, MIDDLE, NEW]);
    expect(s3.object('backups', `${FOLDER}/${OLD}/manifest.json`)).toBeUndefined();

    const inAWeek = new Date(Date.now() + 8 * 24 * 60 * 60 * 1000);
    const { deleted_backups } = await performDbPrune(order, means(), someContext({ now: () => inAWeek }));

    expect(deleted_backups).toEqual([`${OLD}: without a manifest for 7 days`, `${MIDDLE}: kept by no rule`]);
    expect(folders()).toEqual([NEW]);
  });

  it('refuses a time zone that does not exist', async () => {
    const order = options({ keep_daily: 1, time_zone: 'Mars/Olympus' });
    await expect(performDbPrune(order, means(), someContext())).rejects.toMatchObject({ code: 'InvalidRequest' });
    expect(s3.recorded).toEqual([]);
  });

  it('touches no bucket in a dry run of its database', async () => {
    const result = await performDbPrune(options({ keep_daily: 1 }), someMeans({ storage: 'dry run' }), someContext());
    expect(result).toMatchObject({ kept: 0, deleted: 0 });
  });
});

describe('an order of db_prune', () => {
  it.each([
    [{}, 'keep_daily, keep_weekly or keep_monthly'],
    [{ keep_daily: 0 }, '>=1'],
  ])('is refused: %j', (rule, words) => {
    expect(() => options(rule)).toThrow(words);
  });

  it('is a dry run in UTC without a word', () => {
    expect(options({ keep_weekly: 1 })).toMatchObject({ dry_run: true, time_zone: 'UTC' });
  });
});
