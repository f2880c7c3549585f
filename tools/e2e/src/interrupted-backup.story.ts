import { ECSClient, ListTasksCommand, StopTaskCommand } from '@aws-sdk/client-ecs';
import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { startTcpProxy, type TcpProxy } from '@serverless-ops/test-servers';
import { findProcesses } from './find-processes.ts';
import { Stage, until } from './stage.ts';

let stage: Stage;
let proxy: TcpProxy;
let ecs: ECSClient;

/** Enough of the sample database has passed by for the upload to be under way. */
const HALF_WAY_BYTES = 1_000_000;

beforeEach(async () => {
  stage = await Stage.open();
  ecs = new ECSClient(stage.cloud.client);
  proxy = await startTcpProxy({ targetPort: stage.server.port, freezeAfterBytes: HALF_WAY_BYTES });
  await stage.fileDatabase({ db_port: String(proxy.port) });
});

afterEach(async () => {
  try {
    expect(await stage.objects()).toEqual([]);
    expect(await stage.openUploads()).toEqual([]);
  } finally {
    await Promise.allSettled([proxy.close(), stage.close()]);
  }
});

/** Orders a backup and holds its dump half-way: the server stops answering, every connection stays open. */
async function backupHeldHalfWay(engine: 'parallel' | 'script' = 'parallel'): Promise<string> {
  const id = await stage.orderBackup({ engine });
  await until('the dump is half-way', () => Promise.resolve(proxy.bytesFromTarget() >= HALF_WAY_BYTES || undefined));
  return id;
}

/** The tasks of backups that run; a story has one job, and so one task. */
async function runningTasks(): Promise<string[]> {
  const cluster = stage.output('ClusterName');
  const { taskArns = [] } = await ecs.send(new ListTasksCommand({ cluster, family: stage.output('BackupFamily') }));
  return taskArns;
}

describe('a backup that is half-way', () => {
  it('fails as Stopped when its task is stopped, and cleans up after itself', async () => {
    const id = await backupHeldHalfWay();
    const [task] = await runningTasks();
    await ecs.send(new StopTaskCommand({ cluster: stage.output('ClusterName'), task }));
    const execution = await stage.ended(id);
    expect([execution.status, execution.error]).toEqual(['FAILED', 'Stopped']);
    expect(execution.cause).toMatch(/Order the job again/);
    expect(await stage.notifiedOnce(id)).toContain('Stopped');
  });

  it('fails as DumpFailed when the tool of the script is killed', async () => {
    const id = await backupHeldHalfWay('script');
    for (const pid of await findProcesses(/(mysqldump|mariadb-dump).*classicmodels/, stage.cloud.pid))
      process.kill(pid, 'SIGKILL');
    const execution = await stage.ended(id);
    expect([execution.status, execution.error]).toEqual(['FAILED', 'DumpFailed']);
    expect(execution.cause).toMatch(/signal SIGKILL/);
    expect(await stage.notifiedOnce(id)).toContain('DumpFailed');
  });

  it('stops its task, and stores nothing, when its execution is stopped', async () => {
    const id = await backupHeldHalfWay();
    const { executionArn } = await stage.execution(id);
    await stage.sfn.send(new StopExecutionCommand({ executionArn, error: 'Changed', cause: 'No longer wanted' }));
    await until('no task is left', async () => (await runningTasks()).length === 0 || undefined);
    // ECS lists a task no longer once it is to stop; the worker then still removes what it sent.
    await until('the upload is aborted', async () => (await stage.openUploads()).length === 0 || undefined);
    expect((await stage.execution(id)).status).toBe('ABORTED');
    expect(await stage.notifiedOnce(id)).toContain('No longer wanted');
  });
});

describe('a worker that is killed without a word', () => {
  it('fails its execution as WorkerLost within a minute', async () => {
    const id = await backupHeldHalfWay();
    const killedMs = performance.now();
    for (const pid of await findProcesses(/main\.mjs/, stage.cloud.pid)) process.kill(pid, 'SIGKILL');
    const execution = await stage.ended(id);
    expect([execution.status, execution.error]).toEqual(['FAILED', 'WorkerLost']);
    expect(performance.now() - killedMs).toBeLessThan(60_000);
    expect(await stage.notifiedOnce(id)).toContain('WorkerLost');
    // What it had sent is hidden in the bucket until the lifecycle rule removes it: the worker was gone and could not do it.
    await stage.abortOpenUploads();
  });
});
