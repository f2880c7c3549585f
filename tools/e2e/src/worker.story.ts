import {
  createSampleDatabase,
  startMariadb,
  startScriptedAwsEndpoint,
  startScriptedS3Server,
  startTcpProxy,
  type DatabaseServer,
  type ScriptedAnswer,
  type ScriptedS3Fault,
} from '@serverless-ops/test-servers';
import { until } from './stage.ts';
import { startWorkerProcess, TASK_TOKEN, type WorkerProcess } from './worker-process.ts';

let server: DatabaseServer;

beforeAll(async () => {
  server = await startMariadb();
  await createSampleDatabase(server, { rows: 20_000 });
});

afterAll(() => server.stop());

interface Performance {
  exitCode: number | null;
  log: string;
  /** Calls to Step Functions, in order: `SendTaskHeartbeat` and its like. */
  reports: { operation: string; input: Record<string, unknown> }[];
  /** Requests to S3, in order. */
  stored: string[];
  openUploads: string[];
}

interface Circumstances {
  env?: Record<string, string>;
  faults?: ScriptedS3Fault[];
  /** What Step Functions answers, call by call. @default an empty result to each */
  answers?: ScriptedAnswer[];
  /** Runs as soon as the process is there. */
  meanwhile?: (worker: WorkerProcess) => Promise<void>;
}

/** Runs the worker as its container would: a process, its environment, and real servers around it. */
async function perform({ env, faults = [], answers, meanwhile }: Circumstances): Promise<Performance> {
  const s3 = await startScriptedS3Server({ script: faults });
  const stepFunctions = await startScriptedAwsEndpoint(answers);
  try {
    const worker = startWorkerProcess({ server, s3, stepFunctions, ...(env && { env }) });
    await meanwhile?.(worker);
    const { exitCode, log } = await worker.ended;
    return {
      exitCode,
      log,
      reports: stepFunctions.recorded,
      stored: s3.recorded.map(({ operation }) => operation),
      openUploads: s3.openUploads(),
    };
  } finally {
    await Promise.allSettled([s3.stop(), stepFunctions.stop()]);
  }
}

/** The reports that end a task; there must never be a second one. */
const endings = ({ reports }: Performance): unknown[] =>
  reports
    .filter(({ operation }) => operation !== 'SendTaskHeartbeat')
    .map(({ operation, input }) => [operation, input['error']]);

describe('the worker', () => {
  it('beats, stores a backup and reports it once', async () => {
    const done = await perform({});
    expect(done.exitCode).toBe(0);
    expect(done.reports[0]?.operation).toBe('SendTaskHeartbeat');
    expect(endings(done)).toEqual([['SendTaskSuccess', undefined]]);
    expect(done.stored.at(-1)).toBe('PutObject');
    expect(done.log).not.toContain(TASK_TOKEN);
  });

  it('reports UploadFailed and leaves nothing when storing fails half-way', async () => {
    const faults: ScriptedS3Fault[] = [
      { operation: 'UploadPart', times: 100, fault: { kind: 'error', status: 400, code: 'EntityTooLarge' } },
    ];
    const done = await perform({ faults });
    expect(done.exitCode).toBe(1);
    expect(endings(done)).toEqual([['SendTaskFailure', 'UploadFailed']]);
    expect(done.stored).not.toContain('PutObject');
    expect(done.openUploads).toEqual([]);
  });

  it('stores nothing when no execution waits for it any more, and says that it could not report', async () => {
    const done = await perform({ answers: Array.from({ length: 5 }, () => ({ error: 'TaskTimedOut' })) });
    expect(done.exitCode).toBe(3);
    expect(endings(done)).toEqual([]);
    expect(done.stored).not.toContain('PutObject');
    expect(done.openUploads).toEqual([]);
  });

  it('asks once more before it commits, and commits nothing when its token has expired meanwhile', async () => {
    const done = await perform({ answers: [{ result: {} }, { error: 'TaskTimedOut' }] });
    expect(done.exitCode).toBe(3);
    expect(done.stored).not.toContain('PutObject');
  });

  it('reports a bad request and ends with 2 before it touches anything', async () => {
    const done = await perform({ env: { JOB_NAME: 'format_disk' } });
    expect(done.exitCode).toBe(2);
    expect(endings(done)).toEqual([['SendTaskFailure', 'InvalidRequest']]);
    expect(done.stored).toEqual([]);
  });

  it('reports Stopped, with everything aborted, within seconds of a SIGTERM', async () => {
    const halfWay = 500_000;
    const proxy = await startTcpProxy({ targetPort: server.port, freezeAfterBytes: halfWay });
    let toldMs = 0;
    const done = await perform({
      env: { DB_PORT: String(proxy.port) },
      meanwhile: async ({ kill, firstLine }) => {
        await firstLine;
        await until('the dump is half-way', () => Promise.resolve(proxy.bytesFromTarget() >= halfWay || undefined));
        toldMs = performance.now();
        kill('SIGTERM');
      },
    });
    expect(performance.now() - toldMs).toBeLessThan(25_000);
    await proxy.close();
    expect(done.exitCode).toBe(1);
    expect(endings(done)).toEqual([['SendTaskFailure', 'Stopped']]);
    expect(done.stored).not.toContain('PutObject');
    expect(done.openUploads).toEqual([]);
  });
});
