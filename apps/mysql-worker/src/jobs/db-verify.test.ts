import { S3Client } from '@aws-sdk/client-s3';
import { JOB_OPTIONS_SCHEMAS } from '@serverless-ops/job-schemas';
import { createObjectStore, S3_CLIENT_DEFAULTS } from '@serverless-ops/object-store';
import { startScriptedS3Server, type ScriptedS3Server } from '@serverless-ops/test-servers';
import { someContext, someMeans } from '../testing/some-job.ts';
import { storeScriptBackup } from '../testing/store-script-backup.ts';
import { performDbVerify } from './db-verify.ts';

const options = JOB_OPTIONS_SCHEMAS.db_verify.parse({ db_name: 'classicmodels', db_env: 'demo' });

const id = '20261122T021530Z-9f86d081';

let s3: ScriptedS3Server;
let client: S3Client;

beforeEach(async () => {
  s3 = await startScriptedS3Server();
  client = new S3Client({ ...S3_CLIENT_DEFAULTS, ...s3.clientConfig });
});

afterEach(async () => {
  client.destroy();
  await s3.stop();
});

const store = () => createObjectStore({ client, bucket: 'backups' });
const means = () => someMeans({ storage: { store: store(), s3Path: 'b' } });

describe('db_verify', () => {
  it('touches no bucket in a dry run', async () => {
    expect(await performDbVerify(options, someMeans({ storage: 'dry run' }), someContext())).toMatchObject({
      status: 'job complete',
      backup_id: 'latest',
      objects: 0,
    });
  });

  it('says that there is no backup', async () => {
    await expect(performDbVerify(options, means(), someContext())).rejects.toMatchObject({ code: 'BackupNotFound' });
  });

  it('tells what the backup has, and reports what it reads', async () => {
    await storeScriptBackup(store(), id, { incomplete: [{ what: 'event e', why: 'not seen', remedy: 'GRANT EVENT' }] });
    const progress: unknown[] = [];
    const context = someContext({ reportProgress: (report) => progress.push(report) });

    expect(await performDbVerify(options, means(), context)).toEqual({
      status: 'job complete',
      backup_id: id,
      objects: 1,
      stored_bytes: 24,
      bytes: 11,
      tables: 1,
      rows: 3,
      incomplete_count: 1,
      duration_ms: 0,
    });
    expect(progress).toEqual([{ phase: 'verifying', bytes: 24, of_bytes: 24 }]);
  });

  it('looks for the backup of another environment', async () => {
    await storeScriptBackup(store(), id);

    const verified = await performDbVerify(
      { ...options, db_env: 'staging', backup_db_env: 'demo' },
      means(),
      someContext(),
    );

    expect(verified.backup_id).toBe(id);
  });

  it('fails with every problem in its cause', async () => {
    await storeScriptBackup(store(), id);
    await fetch(`${s3.clientConfig.endpoint}/backups/b/classicmodels/demo/${id}/dump.sql.zst`, {
      method: 'PUT',
      body: 'x'.repeat(24),
    });
    await fetch(`${s3.clientConfig.endpoint}/backups/b/classicmodels/demo/${id}/note`, { method: 'PUT', body: '' });
    await expect(performDbVerify(options, means(), someContext())).rejects.toMatchObject({
      code: 'BackupCorrupt',
      message:
        `The backup s3://backups/b/classicmodels/demo/${id}/ has 2 problems. ` +
        'Order db_backup now, and restore from another backup. ' +
        '(1) note is not in the manifest (2) dump.sql.zst does not have the SHA-256 of the manifest',
    });
  });
});
