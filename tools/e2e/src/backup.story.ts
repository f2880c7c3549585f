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
].filter(({ canRun }) => canRun);

/** Names of the objects that each engine leaves beside the manifest. */
const ENGINES = {
  parallel: /^(1-tables|2-rows-\d{5}|3-objects)\.sql\.zst$/,
  script: /^dump\.sql\.zst$/,
} as const;

describe.each(servers)('a backup of $flavor ordered over the API', ({ startServer, path }) => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.open({ startServer, rows: 60_000, cloud: { path } });
  });

  afterAll(() => stage.close());

  describe.each(['parallel', 'script'] as const)('with the engine %s', (engine) => {
    let seen: JobStatus[];
    let ended: JobStatus;

    beforeAll(async () => {
      seen = [];
      const id = await stage.orderBackup({ engine });
      ended = await stage.api.waitFor(id, (status) => seen.push(status));
    });

    const folder = (): string => `${BACKUP_FOLDER}/${ended.result?.backup_id ?? ''}/`;

    async function manifest(): Promise<BackupManifest> {
      const key = `${folder()}manifest.json`;
      const { Body } = await stage.s3.send(new GetObjectCommand({ Bucket: stage.bucket, Key: key }));
      return JSON.parse((await Body?.transformToString()) ?? '') as BackupManifest;
    }

    it('succeeds and says what it stored', () => {
      expect(ended.error).toBeUndefined();
      expect(ended.state).toBe('SUCCEEDED');
      expect(ended.result).toMatchObject({
        status: 'job complete',
        // A small database is read by one connection, which needs no lock.
        consistency:
          engine === 'script'
            ? 'single-transaction'
            : (expect.stringMatching(/^(table-locks|single-connection)$/) as string),
        incomplete_count: 0,
        incomplete: [],
      });
      expect(ended.result?.rows).toBeGreaterThan(50_000);
      expect(ended.result?.stored_bytes).toBeLessThan(ended.result?.bytes ?? 0);
    });

    it('was seen running, with progress', () => {
      expect(seen[0]?.state).toBe('RUNNING');
      expect(seen.some(({ progress }) => progress !== undefined)).toBe(true);
    });

    it('leaves its objects and a manifest under the path of its database, and no upload open', async () => {
      const names = (await stage.objects())
        .filter((key) => key.startsWith(folder()))
        .map((key) => key.slice(folder().length));
      expect(names.at(-1)).toBe('manifest.json');
      expect(names.length).toBeGreaterThan(1);
      expect(names.slice(0, -1).filter((name) => !ENGINES[engine].test(name))).toEqual([]);
      expect(await stage.openUploads()).toEqual([]);
    });

    it('restores, with zstd and mysql alone, into an equal database', async () => {
      const target = `restored_${engine}`;
      await restoreByHand(stage, ended.result?.backup_id ?? '', target);
      const comparison = await compareDatabases(stage.server, DATABASE.db_name, target);
      expect(comparison.tables.filter(({ equal }) => !equal)).toEqual([]);
      expect(comparison.objects.filter(({ equal }) => !equal)).toEqual([]);
      expect(comparison.tables.length).toBeGreaterThan(5);
    });

    it('counts in its manifest exactly the rows that the restored tables have', async () => {
      const { tables } = await manifest();
      const counted = await Promise.all(
        tables.map(async ({ name }) => {
          const [row] = await stage.server.query(`SELECT COUNT(*) AS n FROM \`${name}\``, DATABASE.db_name);
          return { name, rows: Number(row?.['n']) };
        }),
      );
      expect(tables.map(({ name, rows }) => ({ name, rows }))).toEqual(counted);
    });

    it('notifies once', async () => {
      expect(await stage.notifiedOnce(ended.id)).toContain('succeeded');
    });
  });
});
