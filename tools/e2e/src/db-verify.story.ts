import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { createRestoreUser, type JobStatus } from '@serverless-ops/test-servers';
import { BACKUP_FOLDER, DATABASE, Stage } from './stage.ts';

let stage: Stage;
let backups: JobStatus[];

beforeAll(async () => {
  stage = await Stage.open();
  backups = [];
  for (const engine of ['script', 'parallel'] as const) {
    backups.push(await stage.api.waitFor(await stage.orderBackup({ engine })));
  }
});

afterAll(() => stage.close());

const idOf = (index: number): string => backups[index]?.result?.backup_id ?? '';
const verify = async (options: object = {}): Promise<JobStatus> =>
  stage.api.waitFor(await stage.api.order({ job_name: 'db_verify', job_options: { ...DATABASE, ...options } }));

describe('db_verify', () => {
  it.each([
    ['of the script engine', () => ({ backup_id: idOf(0) }), 0],
    ['of the parallel engine, which is the newest', () => ({}), 1],
  ])('proves a backup %s', async (_, options, index) => {
    const backup = backups[index]?.result;

    const { state, error, result } = await verify(options());

    expect([state, error]).toEqual(['SUCCEEDED', undefined]);
    expect(result).toMatchObject({
      status: 'job complete',
      backup_id: idOf(index),
      stored_bytes: backup?.stored_bytes,
      bytes: backup?.bytes,
      rows: backup?.rows,
      tables: backup?.tables,
      incomplete_count: 0,
    });
  });

  it('restores a backup as a drill, drops what it made, and stores how it ended beside the manifest', async () => {
    const drills = { db_name: DATABASE.db_name, db_env: 'restorer' };
    const password = await createRestoreUser(stage.server, ['serverlessops\\_drill\\_%']);
    await stage.fileDatabase({ db_user: 'restorer', db_pass: password }, drills.db_env);

    const { id, state, error, result } = await verify({ ...drills, backup_db_env: DATABASE.db_env, drill: true });

    expect([state, error]).toEqual(['SUCCEEDED', undefined]);
    const { drill } = result as unknown as { drill: { recovery_ms: number } };
    expect(drill).toMatchObject({ rows: backups[1]?.result?.rows, tables: backups[1]?.result?.tables });
    const { Body } = await stage.s3.send(
      new GetObjectCommand({ Bucket: stage.bucket, Key: `${BACKUP_FOLDER}/${idOf(1)}/drill.json` }),
    );
    expect(JSON.parse((await Body?.transformToString()) ?? '')).toMatchObject({
      ...{ backup_id: idOf(1), job_id: id, passed: true },
      result: drill,
    });
    const left = "SELECT schema_name FROM information_schema.schemata WHERE schema_name LIKE 'serverlessops%'";
    expect(await stage.server.query(left)).toEqual([]);
  });

  it('fails, and is announced once with every problem, when objects of the backup are not as they were', async () => {
    const folder = `${BACKUP_FOLDER}/${idOf(1)}`;
    const send = { Bucket: stage.bucket };
    const { Body } = await stage.s3.send(new GetObjectCommand({ ...send, Key: `${folder}/1-tables.sql.zst` }));
    const bytes = Buffer.from((await Body?.transformToByteArray()) ?? []);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    await stage.s3.send(new PutObjectCommand({ ...send, Key: `${folder}/1-tables.sql.zst`, Body: bytes }));
    await stage.s3.send(new DeleteObjectCommand({ ...send, Key: `${folder}/3-objects.sql.zst` }));

    const { id, state, error } = await verify({ backup_id: idOf(1) });

    expect([state, error?.code]).toEqual(['FAILED', 'BackupCorrupt']);
    expect(error?.cause).toContain(`/${folder}/ has 2 problems.`);
    expect(error?.cause).toContain('(1) 3-objects.sql.zst is missing');
    expect(error?.cause).toContain('(2) 1-tables.sql.zst does not have the SHA-256 of the manifest');
    expect(await stage.notifiedOnce(id)).toContain('BackupCorrupt');
  });

  it('says so when there is no such backup', async () => {
    const { error } = await verify({ backup_id: '20200101T000000Z-00000000' });
    expect(error).toMatchObject({ code: 'BackupNotFound' });
  });
});
