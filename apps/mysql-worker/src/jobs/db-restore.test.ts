import { JOB_OPTIONS_SCHEMAS, JobError, type JobOptions } from '@serverless-ops/job-schemas';
import type { DatabaseFolder, ObjectStore } from '@serverless-ops/object-store';
import type { JobMeans } from '../job-means.ts';
import { someContext, someMeans } from '../testing/some-job.ts';
import { performDbRestore } from './db-restore.ts';

function options(some: object = {}): JobOptions<'db_restore'> {
  return JOB_OPTIONS_SCHEMAS.db_restore.parse({ db_name: 'shop', db_env: 'staging', ...some });
}

/** A store that is asked for a backup, and has none. */
function emptyStore(): { means: JobMeans; asked: [DatabaseFolder, string][] } {
  const asked: [DatabaseFolder, string][] = [];
  const store = {
    bucket: 'backups',
    findBackup: (folder: DatabaseFolder, backupId: string) => {
      asked.push([folder, backupId]);
      return Promise.reject(new JobError('BackupNotFound', 'There is none.'));
    },
  } as unknown as ObjectStore;
  const connection = { host: '127.0.0.1', port: 1, user: 'ops', password: 'not a secret', database: 'shop_v2' };
  const findWithStorage: JobMeans['databases']['findWithStorage'] = () =>
    Promise.resolve({ connection: { ...connection, tls: { mode: 'loopback' } }, store, s3Path: 'mysql' });
  const means = someMeans();
  return { means: { ...means, databases: { ...means.databases, findWithStorage } }, asked };
}

const dryRun = (): JobMeans => {
  const means = someMeans();
  return { ...means, databases: { ...means.databases, findWithStorage: () => Promise.resolve('dry run') } };
};

describe('db_restore', () => {
  it('touches no database in a dry run', async () => {
    expect(await performDbRestore(options({ target_db_name: 'copy' }), dryRun(), someContext())).toEqual({
      status: 'job complete',
      backup_id: 'latest',
      target_db_name: 'copy',
      ...{ rows: 0, tables: 0, bytes: 0, compared_tables: 0, warning_count: 0, warnings: [], duration_ms: 0 },
    });
  });

  it.each([
    ['of its own environment', {}, 'staging'],
    ['of another environment', { backup_db_env: 'prod' }, 'prod'],
  ])('looks for the backup in the folder %s', async (_, some, dbEnv) => {
    const { means, asked } = emptyStore();

    await expect(performDbRestore(options(some), means, someContext())).rejects.toMatchObject({
      code: 'BackupNotFound',
    });
    expect(asked).toEqual([[{ s3Path: 'mysql', dbName: 'shop', dbEnv }, 'latest']]);
  });

  it('refuses to overwrite a target that the settings do not name, before it asks for anything', async () => {
    const { means, asked } = emptyStore();
    const order = performDbRestore(
      options({ OVERWRITE_target: true, target_db_name: 'copy' }),
      { ...means, restoreAllowOverwrite: ['shop/staging', 'copy/prod'] },
      someContext(),
    );

    await expect(order).rejects.toMatchObject({
      code: 'InvalidRequest',
      message: expect.stringContaining('copy/staging') as string,
    });
    expect(asked).toEqual([]);
  });

  it('takes such an order for a target that the settings name', async () => {
    const { means, asked } = emptyStore();
    const order = performDbRestore(
      options({ OVERWRITE_target: true }),
      { ...means, restoreAllowOverwrite: ['shop/staging'] },
      someContext(),
    );

    await expect(order).rejects.toMatchObject({ code: 'BackupNotFound' });
    expect(asked).toHaveLength(1);
  });

  it('refuses the second of the dangerous options without the first', async () => {
    await expect(
      performDbRestore(options({ OVERWRITE_never_backed_up: true }), dryRun(), someContext()),
    ).rejects.toMatchObject({ code: 'InvalidRequest' });
  });
});
