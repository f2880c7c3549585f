import { JobError, type DrillRecord } from '@serverless-ops/job-schemas';
import type { FoundBackup, ObjectStore } from '@serverless-ops/object-store';
import { someContext } from '../testing/some-job.ts';
import { recordDrill } from './record-drill.ts';

const DRILL = { recovery_ms: 5, rows: 3, tables: 1, compared_tables: 1, warning_count: 0 };
const backup = { backupId: 'b-1', prefix: 'backups/shop/demo/b-1' } as FoundBackup;

/** A bucket that takes records of drills, or is gone. */
function bucket({ isGone = false } = {}): { store: ObjectStore; stored: [string, DrillRecord][] } {
  const stored: [string, DrillRecord][] = [];
  const store = {
    storeDrillRecord: (prefix: string, record: DrillRecord) => {
      if (isGone) return Promise.reject(new JobError('BucketNotFound', 'There is no bucket.'));
      stored.push([prefix, record]);
      return Promise.resolve();
    },
  } as ObjectStore;
  return { store, stored };
}

test('stores beside the manifest that the backup came back, and how long it took', async () => {
  const { store, stored } = bucket();

  await recordDrill({ store, backup, jobId: 'job-1' }, someContext(), () => Promise.resolve({ drill: DRILL }));

  const time = '2026-11-30T00:00:00.000Z';
  expect(stored).toEqual([
    [
      'backups/shop/demo/b-1',
      {
        ...{ drill_version: 1, backup_id: 'b-1', job_id: 'job-1', passed: true, result: DRILL },
        ...{ started_at: time, finished_at: time },
      },
    ],
  ]);
});

test.each(['BackupCorrupt', 'RestoreFailed', 'RestoreDiffers'] as const)(
  'stores that the backup did not come back: %s',
  async (code) => {
    const { store, stored } = bucket();

    const work = recordDrill({ store, backup, jobId: 'job-1' }, someContext(), () =>
      Promise.reject(new JobError(code, 'This is why.')),
    );

    await expect(work).rejects.toMatchObject({ code });
    expect(stored).toMatchObject([[backup.prefix, { passed: false, error: { code, cause: 'This is why.' } }]]);
  },
);

test.each(['ConnectionLost', 'AccessDenied', 'Stopped'] as const)(
  'stores nothing of a drill that tells nothing of the backup: %s',
  async (code) => {
    const { store, stored } = bucket();

    const work = recordDrill({ store, backup, jobId: 'job-1' }, someContext(), () =>
      Promise.reject(new JobError(code, 'This is why.')),
    );

    await expect(work).rejects.toMatchObject({ code });
    expect(stored).toEqual([]);
  },
);

test('a drill whose record cannot be stored has failed, and one that failed keeps its reason', async () => {
  const gone = { store: bucket({ isGone: true }).store, backup, jobId: 'job-1' };

  await expect(recordDrill(gone, someContext(), () => Promise.resolve({ drill: DRILL }))).rejects.toMatchObject({
    code: 'BucketNotFound',
  });
  await expect(
    recordDrill(gone, someContext(), () => Promise.reject(new JobError('RestoreDiffers', 'This is why.'))),
  ).rejects.toMatchObject({ code: 'RestoreDiffers' });
});
