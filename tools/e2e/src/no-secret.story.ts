import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { zstdDecompressSync } from 'node:zlib';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { GetExecutionHistoryCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { startTcpProxy } from '@serverless-ops/test-servers';
import { findProcesses } from './find-processes.ts';
import { PasswordDesk } from './password-desk.ts';
import { DATABASE, INSTALLATION, Stage, until, WORKSPACE_ROOT } from './stage.ts';
import { workerWithScripts, type WorkerWithScripts } from './worker-with-scripts.ts';

const run = promisify(execFile);

/** Where a password was seen: the name of the place, for a message that says where to look. */
type Sightings = Map<string, string>;

let stage: Stage;
const seen: Sightings = new Map();

/** Every text that somebody could read, kept under where it came from, to be searched in the end. */
const remember = (place: string, text: string): void => void seen.set(place, `${seen.get(place) ?? ''}${text}\n`);

let worker: WorkerWithScripts;

beforeAll(async () => {
  worker = await workerWithScripts({ 'show_options.sh': 'cat <&3 | tee /dev/stderr; exit 1' });
  stage = await Stage.open({
    cloud: { assemblies: worker.assemblies, onLog: (line) => remember("the local cloud's own log", line) },
  });
});

afterAll(async () => {
  try {
    await stage.close();
  } finally {
    await worker.remove();
  }
});

async function rememberExecution(jobId: string, machineOutput = 'StateMachineArn'): Promise<void> {
  const { executionArn, ...described } = await stage.ended(jobId, machineOutput);
  remember('DescribeExecution', JSON.stringify(described));
  const history = await stage.sfn.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }));
  remember('GetExecutionHistory', JSON.stringify(history.events));
  remember('notifications', await stage.notifiedOnce(jobId));
}

/** Arguments and environments of all processes, as root sees them. */
async function rememberProcesses(): Promise<void> {
  const { stdout } = await run('ps', ['-eo', 'args']);
  remember('the process list', stdout);
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    remember("processes' environments", await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => ''));
  }
}

describe('a password', () => {
  const accounts: string[] = [];

  it('of a database stays out of sight while a backup runs', async () => {
    const proxy = await startTcpProxy({ targetPort: stage.server.port });
    await stage.fileDatabase({ db_port: String(proxy.port) });
    const id = await stage.orderBackup();
    await until('the dump runs', () => Promise.resolve(proxy.bytesFromTarget() > 100_000 || undefined));
    await rememberProcesses();
    const status = await stage.api.waitFor(id, (answer) => remember('the API', JSON.stringify(answer)));
    expect(status.state).toBe('SUCCEEDED');
    await rememberExecution(id);
    await proxy.close();
  });

  it('of a database stays out of sight when the server refuses it', async () => {
    await stage.fileDatabase({ db_user: 'nobody' });
    const id = await stage.orderBackup();
    await stage.api.waitFor(id, (answer) => remember('the API', JSON.stringify(answer)));
    await rememberExecution(id);
  });

  it('of a database stays out of sight when a script prints it', async () => {
    await stage.fileDatabase();
    const input = { job_name: 'run_script', job_options: { ...DATABASE, script: 'show_options.sh' } };
    const { executionArn = '' } = await stage.sfn.send(
      new StartExecutionCommand({ stateMachineArn: stage.output('StateMachineArn'), input: JSON.stringify(input) }),
    );
    await rememberExecution(executionArn.split(':').at(-1) ?? '');
  });

  it('of an account stays out of sight while it is changed, and when the server refuses it', async () => {
    const desk = await PasswordDesk.open(stage);
    accounts.push(desk.adminPassword);
    await desk.register('mary', { grant: "GRANT SELECT TO 'mary'@'%'" });
    for (const options of [{ create_if_missing: true }, {}, { discard_old_password: true }]) {
      const generate = !('discard_old_password' in options);
      const id = await desk.order('mary', { generate, ...options });
      await until('the change runs', async () => (await findProcesses(/lambda.runtime/, stage.cloud.pid))[0]);
      await rememberProcesses();
      const status = await stage.api.waitFor(id, (answer) => remember('the API', JSON.stringify(answer)));
      expect(status.error).toBeUndefined();
      await rememberExecution(id, 'PasswordStateMachineArn');
      accounts.push(String(await desk.password('mary')));
    }
    await stage.server.query("ALTER USER 'mary'@'%' ACCOUNT LOCK");
    const { id, error } = await desk.change('mary', { generate: true });
    expect(error?.code).toBe('AccountUnusable');
    await rememberExecution(id, 'PasswordStateMachineArn');
  });

  it('is found in no log, history, process, template, answer or object', async () => {
    const { mysqlWorker, jobWatcher, passwordLookUp, passwordChange } = INSTALLATION.names.logGroups;
    for (const group of [mysqlWorker, jobWatcher, passwordLookUp, passwordChange]) {
      remember(`log group ${group}`, (await stage.logLines(group)).join('\n'));
    }
    for (const key of await stage.objects()) {
      const { Body } = await stage.s3.send(new GetObjectCommand({ Bucket: stage.bucket, Key: key }));
      const bytes = Buffer.from((await Body?.transformToByteArray()) ?? []);
      remember(`object ${key}`, (key.endsWith('.zst') ? zstdDecompressSync(bytes) : bytes).toString('latin1'));
    }
    for (const app of ['infra', 'mysql-worker', 'password-lambda', 'job-watcher', 'api-contract']) {
      const folder = join(WORKSPACE_ROOT, 'dist', 'apps', app, 'cdk.out');
      for (const file of await readdir(folder)) {
        if (file.endsWith('.json')) remember(`${app}/${file}`, await readFile(join(folder, file), 'utf8'));
      }
    }
    expect([...seen.keys()].length).toBeGreaterThan(12);
    const secrets = [stage.backupPassword, ...accounts];
    expect(secrets.filter((secret) => secret.length < 16)).toEqual([]);
    const sightings = [...seen]
      .filter(([, text]) => secrets.some((secret) => text.includes(secret)))
      .map(([place]) => place);
    expect(sightings).toEqual([]);
  });
});
