import { join } from 'node:path';
import { spawnAtTerminal, type AtTerminal } from '@serverless-ops/test-servers';
import { DATABASE, Stage, WORKSPACE_ROOT } from './stage.ts';
import { workerWithScripts, type WorkerWithScripts } from './worker-with-scripts.ts';

const DATABASE_WORDS = [DATABASE.db_name, DATABASE.db_env];

let worker: WorkerWithScripts;
let stage: Stage;

beforeAll(async () => {
  worker = await workerWithScripts({ 'wait_long.sh': 'sleep 600' });
  stage = await Stage.open({ rows: 500, cloud: { assemblies: worker.assemblies } });
});
afterAll(async () => {
  await stage.close();
  await worker.remove();
});

/** `ops` as an engineer has it, at a terminal. */
function ops(...words: string[]): AtTerminal {
  const bin = join(WORKSPACE_ROOT, 'node_modules', '.bin');
  const env = { PATH: `${bin}:/usr/bin:/bin`, TERM: 'xterm', ...stage.cloud.environment };
  return spawnAtTerminal([join(WORKSPACE_ROOT, 'apps', 'ops-cli', 'bin', 'ops.mjs'), ...words], env);
}

/** The last line that a program printed as JSON. */
function jsonOf(screen: string): unknown {
  return JSON.parse(screen.slice(screen.lastIndexOf('{"id"')).trim());
}

describe('an engineer at a terminal', () => {
  it('orders a backup, watches it, and reads its result', async () => {
    const backup = ops('backup', ...DATABASE_WORDS, '--id', 'my-backup', '--wait');

    expect(await backup.exitCode).toBe(0);
    expect(backup.screen()).toContain('db_backup my-backup is complete.');
    expect(backup.screen()).toContain('consistency       single-connection\r\n');
    expect(await stage.api.status('my-backup')).toMatchObject({ state: 'SUCCEEDED' });
  });

  it('finds it in the list of backups', async () => {
    const listed = ops('backups', ...DATABASE_WORDS);

    expect(await listed.exitCode).toBe(0);
    expect(listed.screen()).toMatch(/\d{8}T\d{6}Z-[0-9a-f]{8} +0 minutes +\d+ s +[\d.]+ kB +parallel/);
  });

  it('orders it again under the same id, and gets the job that there is', async () => {
    const again = ops('backup', ...DATABASE_WORDS, '--id', 'my-backup');
    const watched = ops('watch', 'my-backup', '--json');

    expect(await again.exitCode).toBe(1);
    expect(again.screen()).toContain('exists already');
    expect(await watched.exitCode).toBe(0);
    expect(jsonOf(watched.screen())).toMatchObject({ id: 'my-backup', result: { status: 'job complete' } });
  });

  it('stops watching with Ctrl-C, while the job goes on, and later stops the job itself', async () => {
    const script = ops('run-script', '--script', 'wait_long.sh', '--id', 'long-wait', '--wait');
    await script.shows('long-wait: running');
    script.type('\x03');
    await script.shows('[job/watching/go on] ');
    script.type('w\r');
    const endOfWatching = await script.exitCode;
    const meanwhile = await stage.api.status('long-wait');

    const watched = ops('watch', 'long-wait');
    await watched.shows('long-wait: running');
    watched.type('\x03');
    await watched.shows('[job/watching/go on] ');
    watched.type('job\r');

    expect(endOfWatching).toBe(130);
    expect(meanwhile).toMatchObject({ state: 'RUNNING' });
    expect(await watched.exitCode).toBe(3);
    expect(watched.screen()).toContain('run_script long-wait did not succeed: ABORTED, Stopped.');
  });

  it('is told that there is no such job', async () => {
    const watched = ops('watch', 'never-ordered');

    expect(await watched.exitCode).toBe(1);
    expect(watched.screen()).toContain('There is no such job.');
  });
});
