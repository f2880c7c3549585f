import {
  compareDatabases,
  createSampleDatabase,
  startScriptedAwsEndpoint,
  startScriptedS3Server,
  startTcpProxy,
  type DatabaseServer,
  type RecordedS3Request,
  type S3Fault,
  type ScriptedS3Server,
  type TcpProxyOptions,
} from '@serverless-ops/test-servers';
import { startWorkerProcess, type WorkerProcess } from '../worker-process.ts';
import { contentOf, isBackup, restoreFolder, storedFolders, type StoredFolder } from './stored-backup.ts';

const DATABASE = 'classicmodels';
const JOB_ID = 'nightly-2026-11-30';

/** Beside the sample: as much as several threads share, in few bytes, because a server counts whole pages. */
const BULK = { tables: 2, rowsEach: 150, rowBytes: 10_000 };

/** A worker that has not ended by then hangs. The patience of a commit is 3 minutes, and no fault lasts so long. */
const DEADLINE_MS = 90_000;

/** What a worker can be struck by; each function sees the worker, which may be killed in it. */
export interface Strike {
  readonly network?: Omit<TcpProxyOptions, 'targetPort' | 'onBytes'>;
  readonly onDatabaseBytes?: (bytes: number, scene: Scene) => void;
  readonly onS3Request?: (number: number, request: RecordedS3Request, scene: Scene) => S3Fault | undefined;
}

export interface Scene {
  readonly worker: WorkerProcess;
  readonly s3: ScriptedS3Server;
  readonly server: DatabaseServer;
}

/** What is left of a worker. */
export interface Aftermath {
  readonly exitCode: number | null;
  readonly log: string;
  /** The error code of the report; undefined when it reported success, or nothing. */
  readonly error: string | undefined;
  readonly reports: number;
  readonly folders: readonly StoredFolder[];
  readonly openUploads: readonly string[];
  /** Uploads that S3 began without the worker's learning of it. */
  readonly unknownUploads: number;
  readonly databaseBytes: number;
  readonly s3Requests: readonly RecordedS3Request[];
  /** Runs the job again, beside what is left, with nothing that strikes it; gives the backups that are then there. */
  again(): Promise<StoredFolder[]>;
  close(): Promise<void>;
}

/** A server with a database, backed up again and again by workers that are struck. */
export class FaultBed {
  readonly server: DatabaseServer;
  /** What an undisturbed backup is like; it was restored and compared. */
  readonly content: Record<string, string>;
  /** How much an undisturbed worker reads, and asks of S3: moments are chosen among them. */
  readonly databaseBytes: number;
  readonly s3Requests: readonly RecordedS3Request[];

  private constructor(server: DatabaseServer, content: Record<string, string>, undisturbed: Aftermath) {
    this.server = server;
    this.content = content;
    this.databaseBytes = undisturbed.databaseBytes;
    this.s3Requests = undisturbed.s3Requests;
  }

  static async open(start: () => Promise<DatabaseServer>): Promise<FaultBed> {
    const server = await start();
    try {
      await createSampleDatabase(server, { name: DATABASE, rows: 3_000 });
      await addBulk(server);
      const undisturbed = await backUp(server, {});
      const [folder] = undisturbed.folders;
      if (folder === undefined) throw new Error(`The undisturbed backup failed:\n${undisturbed.log}`);
      await restoreFolder(folder, server, 'restored');
      expect(await compareDatabases(server, DATABASE, 'restored')).toMatchObject({ equal: true });
      await undisturbed.close();
      return new FaultBed(server, contentOf(folder), undisturbed);
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  /** Runs one worker, with an S3, a network and a Step Functions of its own, to its end. */
  async backUp(strike: Strike): Promise<Aftermath> {
    return backUp(this.server, strike);
  }
}

async function addBulk(server: DatabaseServer): Promise<void> {
  const { tables, rowsEach, rowBytes } = BULK;
  // RANDOM_BYTES gives 1024 at most.
  const bytes = `RANDOM_BYTES(1000)${', RANDOM_BYTES(1000)'.repeat(rowBytes / 1000 - 1)}`;
  const columns = Array.from({ length: rowBytes / 1000 }, (_, column) => `c${column} VARBINARY(1000)`);
  for (let table = 0; table < tables; table++) {
    await server.query(`CREATE TABLE bulk${table} (id INT PRIMARY KEY, ${columns.join(', ')})`, DATABASE);
    const rows = Array.from({ length: rowsEach }, (_, id) => `(${id}, ${bytes})`);
    await server.query(`INSERT INTO bulk${table} VALUES ${rows.join(', ')}`, DATABASE);
    await server.query(`ANALYZE TABLE bulk${table}`, DATABASE);
  }
}

async function backUp(server: DatabaseServer, strike: Strike): Promise<Aftermath> {
  const scene: Partial<{ -readonly [Name in keyof Scene]: Scene[Name] }> = { server };
  let unknownUploads = 0;
  let isOver = false;
  const s3 = await startScriptedS3Server({
    onRequest: (request, number) => {
      const fault = isOver ? undefined : strike.onS3Request?.(number, request, scene as Scene);
      if (fault?.kind === 'lost-reply' && request.operation === 'CreateMultipartUpload') unknownUploads += 1;
      return fault;
    },
  });
  const proxy = await startTcpProxy({
    ...strike.network,
    targetPort: server.port,
    onBytes: (bytes) => strike.onDatabaseBytes?.(bytes, scene as Scene),
  });
  const stepFunctions = await startScriptedAwsEndpoint();
  const run = async (port: number): Promise<{ exitCode: number | null; log: string }> => {
    const worker = startWorkerProcess({ server: { ...server, port }, s3, stepFunctions, env: { JOB_ID } });
    Object.assign(scene, { worker, s3 });
    const deadline = setTimeout(() => worker.kill('SIGABRT'), DEADLINE_MS);
    return worker.ended.finally(() => clearTimeout(deadline));
  };
  const { exitCode, log } = await run(proxy.port);
  isOver = true;
  await proxy.close();
  const reports = stepFunctions.recorded.filter(({ operation }) => operation !== 'SendTaskHeartbeat');
  return {
    ...{ exitCode, log, reports: reports.length },
    error: reports.at(-1)?.input['error'] as string | undefined,
    folders: storedFolders(s3),
    openUploads: s3.openUploads(),
    unknownUploads,
    databaseBytes: proxy.bytesFromTarget(),
    s3Requests: s3.recorded,
    again: async () => {
      const { exitCode: code, log: said } = await run(server.port);
      return code === 0 ? storedFolders(s3).filter(isBackup) : Promise.reject(new Error(`The retry failed:\n${said}`));
    },
    close: async () => {
      await Promise.all([s3.stop(), stepFunctions.stop()]);
    },
  };
}
