import {
  compareDatabases,
  mysqlAvailable,
  mysqlClientFolder,
  startMariadb,
  startMysql,
  type JobStatus,
} from '@serverless-ops/test-servers';
import type { BackupManifest } from '@serverless-ops/job-schemas';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { restoreByHand } from './restore-by-hand.ts';
import { BACKUP_FOLDER, DATABASE, Stage } from './stage.ts';

const PATH = process.env['PATH'] ?? '';

const servers = [
  { flavor: 'MariaDB', startServer: startMariadb, path: PATH, canRun: true },
  { flavor: 'MySQL', startServer: startMysql, path: `${mysqlClientFolder()}:${PATH}`, canRun: mysqlAvailable() },
];

describe.each(servers.filter(({ canRun }) => canRun))(
  'a backup of $flavor ordered over the API',
  ({ startServer, path }) => {
    let stage: Stage;
    let seen: JobStatus[];
    let ended: JobStatus;

    beforeAll(async () => {
      stage = await Stage.open({ startServer, rows: 60_000, cloud: { path } });
      seen = [];
      const id = await stage.orderBackup();
      ended = await stage.api.waitFor(id, (status) => seen.push(status));
    });

    afterAll(() => stage.close());

    it('succeeds and says what it stored', () => {
      expect(ended.error).toBeUndefined();
      expect(ended.state).toBe('SUCCEEDED');
      expect(ended.result).toMatchObject({ status: 'job complete', consistency: 'single-transaction' });
      expect(ended.result?.rows).toBeGreaterThan(50_000);
      expect(ended.result?.stored_bytes).toBeLessThan(ended.result?.bytes ?? 0);
    });

    it('was seen running, with progress', () => {
      expect(seen[0]?.state).toBe('RUNNING');
      expect(seen.some(({ progress }) => progress !== undefined)).toBe(true);
    });

    it('leaves a dump and a manifest under the path of its database, and no upload open', async () => {
      const folder = `${BACKUP_FOLDER}/${ended.result?.backup_id ?? ''}`;
      expect(await stage.objects()).toEqual([`${folder}/dump.sql.zst`, `${folder}/manifest.json`]);
      expect(await stage.openUploads()).toEqual([]);
    });

    it('restores, with zstd and mysql alone, into an equal database', async () => {
      await restoreByHand(stage, ended.result?.backup_id ?? '', 'restored');
      const comparison = await compareDatabases(stage.server, DATABASE.db_name, 'restored');
      expect(comparison.tables.filter(({ equal }) => !equal)).toEqual([]);
      expect(comparison.objects.filter(({ equal }) => !equal)).toEqual([]);
      expect(comparison.tables.length).toBeGreaterThan(5);
    });

    it('counts in its manifest exactly the rows that the restored tables have', async () => {
      const key = `${BACKUP_FOLDER}/${ended.result?.backup_id ?? ''}/manifest.json`;
      const { Body } = await stage.s3.send(new GetObjectCommand({ Bucket: stage.bucket, Key: key }));
      const manifest = JSON.parse((await Body?.transformToString()) ?? '') as BackupManifest;
      const counted = await Promise.all(
        manifest.tables.map(async ({ name }) => {
          const [row] = await stage.server.query(`SELECT COUNT(*) AS n FROM \`${name}\``, DATABASE.db_name);
          return { name, rows: Number(row?.['n']) };
        }),
      );
      expect(manifest.tables).toEqual(counted);
    });

    it('notifies once', async () => {
      expect(await stage.notifiedOnce(ended.id)).toContain('succeeded');
    });
  },
);
