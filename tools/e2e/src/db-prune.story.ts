import { CopyObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { JobResult } from '@serverless-ops/job-schemas';
import type { JobStatus } from '@serverless-ops/test-servers';
import { BACKUP_FOLDER, DATABASE, Stage } from './stage.ts';

type Pruned = JobResult<'db_prune'>;

const DAYS = ['20260928T020000Z', '20260929T020000Z', '20261001T020000Z', '20261001T140000Z', '20261030T233000Z'];
const idOf = (time: string): string => `${time}-00000000`;

let stage: Stage;
let newest: string;

beforeAll(async () => {
  stage = await Stage.open();
  newest = (await stage.api.waitFor(await stage.orderBackup())).result?.backup_id ?? '';
  for (const time of DAYS) await copyBackup(newest, idOf(time));
});

afterAll(() => stage.close());

/** A backup of another time: its objects are the same, and its manifest says what it is. */
async function copyBackup(from: string, to: string): Promise<void> {
  const keys = (await stage.objects()).filter((key) => key.startsWith(`${BACKUP_FOLDER}/${from}/`));
  for (const key of keys) {
    const target = { Bucket: stage.bucket, Key: key.replace(from, to) };
    if (!key.endsWith('/manifest.json')) {
      await stage.s3.send(new CopyObjectCommand({ ...target, CopySource: `${stage.bucket}/${key}` }));
      continue;
    }
    const { Body } = await stage.s3.send(new GetObjectCommand({ Bucket: stage.bucket, Key: key }));
    const text = ((await Body?.transformToString()) ?? '').replace(from, to);
    await stage.s3.send(new PutObjectCommand({ ...target, Body: text }));
  }
}

async function prune(options: object): Promise<Omit<JobStatus, 'result'> & { result: Pruned | undefined }> {
  const id = await stage.api.order({ job_name: 'db_prune', job_options: { ...DATABASE, ...options } });
  const { result, ...ended } = await stage.api.waitFor(id);
  return { ...ended, result: result as unknown as Pruned | undefined };
}

async function folders(): Promise<string[]> {
  const below = (await stage.objects()).filter((key) => key.startsWith(`${BACKUP_FOLDER}/`));
  return [...new Set(below.map((key) => key.slice(BACKUP_FOLDER.length + 1).split('/')[0] ?? ''))].sort();
}

describe('db_prune', () => {
  const rule = { keep_daily: 2, keep_monthly: 3, time_zone: 'Europe/Berlin' };
  let told: Pruned | undefined;

  it('tells what it would delete, and deletes nothing', async () => {
    const before = await folders();

    const { state, error, result } = await prune(rule);

    told = result;
    expect([state, error]).toEqual(['SUCCEEDED', undefined]);
    expect(result).toMatchObject({ dry_run: true, kept: 3, deleted: 3, versioning: 'enabled' });
    expect(result?.kept_backups).toContain(`${idOf('20261030T233000Z')}: daily 2026-10-31, monthly 2026-10`);
    expect(result?.notes).toEqual([expect.stringContaining('noncurrent versions')]);
    expect(await folders()).toEqual(before);
  });

  it('deletes exactly that when it is asked to, and is announced once', async () => {
    const { id, result } = await prune({ ...rule, dry_run: false });

    expect({ ...result, dry_run: true, duration_ms: 0 }).toEqual({ ...told, duration_ms: 0 });
    expect(await folders()).toEqual(told?.kept_backups.map((line) => line.split(':')[0] ?? '').sort());
    expect(await stage.notifiedOnce(id)).toContain('succeeded');
  });

  it('leaves a newest backup that can be verified', async () => {
    const id = await stage.api.order({ job_name: 'db_verify', job_options: DATABASE });
    expect(await stage.api.waitFor(id)).toMatchObject({ state: 'SUCCEEDED', result: { backup_id: newest } });
  });

  it('refuses an order without a rule before it looks at the bucket', async () => {
    const { error } = await prune({ dry_run: false });
    expect(error).toMatchObject({ code: 'InvalidRequest' });
    expect(await folders()).toContain(newest);
  });
});
