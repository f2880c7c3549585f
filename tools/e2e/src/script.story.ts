import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startScriptedAwsEndpoint, type ScriptedAnswer } from '@serverless-ops/test-servers';
import { until, WORKSPACE_ROOT } from './stage.ts';

const BUNDLE = join(WORKSPACE_ROOT, 'dist', 'apps', 'mysql-worker', 'bundle');
const ARN = 'arn:aws:states:eu-central-1:111111111111:execution:serverlessops-mysql-worker:job-1';
const TOKEN = 'AQCEAAAAKgAAAAMAAAAAAAAAAZ-token-of-one-task';

/** Enough for what runs in a second or two by itself, and far from the minutes that it must not take. */
const SOON_MS = 30_000;

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'script-story-'));
  await cp(BUNDLE, folder, { recursive: true });
});

afterEach(() => rm(folder, { recursive: true }));

interface Ended {
  exitCode: number | null;
  tookMs: number;
  /** Most memory that the worker had at one time, in bytes. */
  peakBytes: number;
  log: Record<string, unknown>[];
  reports: { operation: string; input: Record<string, unknown> }[];
}

interface Circumstances {
  env?: Record<string, string>;
  /** What Step Functions answers, call by call. @default an empty result to each */
  answers?: ScriptedAnswer[];
  meanwhile?: (kill: (signal: NodeJS.Signals) => void) => Promise<void>;
}

/** Runs one script with the worker as it is in the image. */
async function runScript(script: string, { env, answers, meanwhile }: Circumstances = {}): Promise<Ended> {
  await writeFile(join(folder, 'scripts', 'story.sh'), script);
  const stepFunctions = await startScriptedAwsEndpoint(answers);
  const startedMs = performance.now();
  try {
    const child = spawn(process.execPath, ['--max-semi-space-size=1', join(folder, 'main.mjs')], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        PATH: process.env['PATH'] ?? '',
        AWS_REGION: 'eu-central-1',
        AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'example',
        AWS_ENDPOINT_URL_SFN: stepFunctions.clientConfig.endpoint,
        TASK_TOKEN_ENV_VARIABLE: TOKEN,
        JOB_NAME: 'run_script',
        JOB_OPTIONS: JSON.stringify({ script: 'story.sh' }),
        ...env,
      },
    });
    let log = '';
    let peakBytes = 0;
    child.stdout.setEncoding('utf8').on('data', (text: string) => (log += text));
    const watch = setInterval(() => {
      void memoryOf(child.pid).then((bytes) => (peakBytes = Math.max(peakBytes, bytes)));
    }, 100);
    const closed = once(child, 'close') as Promise<[number | null]>;
    await meanwhile?.((signal) => child.kill(signal));
    const [exitCode] = await closed;
    clearInterval(watch);
    const lines = log.split('\n').filter((line) => line !== '');
    return {
      exitCode,
      tookMs: performance.now() - startedMs,
      peakBytes,
      log: lines.map((line) => JSON.parse(line) as Record<string, unknown>),
      reports: stepFunctions.recorded.filter(({ operation }) => operation !== 'SendTaskHeartbeat'),
    };
  } finally {
    await stepFunctions.stop();
  }
}

async function memoryOf(pid = 0): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
}

const resultOf = ({ reports }: Ended): { last_lines: string[] } =>
  JSON.parse(String(reports.at(-1)?.input['output'])) as { last_lines: string[] };

describe('a script', () => {
  it('has ended when it ends, whatever it left running', async () => {
    const ended = await runScript('sleep 600 & setsid sleep 600 & echo done; exit 0');
    expect(ended.exitCode).toBe(0);
    expect(ended.tookMs).toBeLessThan(SOON_MS);
    expect(resultOf(ended).last_lines).toEqual(['done']);
  });

  it('may print a line of 600 MB', async () => {
    const ended = await runScript('head -c 600000000 /dev/zero | tr "\\0" x; echo; echo after');
    expect(ended.exitCode).toBe(0);
    expect(resultOf(ended).last_lines).toEqual([`${'x'.repeat(2_000)}…`, 'after']);
    expect(ended.peakBytes).toBeLessThan(300e6);
  });

  it('may print 300,000 lines, and all of them are logged', async () => {
    const ended = await runScript('seq 300000');
    expect(ended.exitCode).toBe(0);
    expect(ended.tookMs).toBeLessThan(SOON_MS);
    expect(ended.log.filter(({ stream }) => stream === 'stdout')).toHaveLength(300_000);
    expect(resultOf(ended).last_lines.at(-1)).toBe('300000');
  });

  it('gives 16 KiB of its last lines at most, in any alphabet', async () => {
    const ended = await runScript(`for i in $(seq 20); do printf '漢%.0s' $(seq 2000); echo; done`);
    expect(ended.exitCode).toBe(0);
    expect(Buffer.byteLength(String(ended.reports.at(-1)?.input['output']))).toBeLessThan(17_000);
  });

  it('that fails is reported with the last lines of both its streams, once, without a stack', async () => {
    const ended = await runScript('echo "the reason"; echo "a warning" >&2; exit 4');
    expect(ended.exitCode).toBe(1);
    const cause =
      'The script story.sh ended with exit code 4. Last lines of its standard error: a warning | ' +
      'Last lines of its standard output: the reason | The log of this job has all that it printed.';
    expect(ended.reports).toEqual([
      { operation: 'SendTaskFailure', input: { taskToken: TOKEN, error: 'ScriptFailed', cause } },
    ]);
    expect(ended.log.at(-1)).toEqual({
      level: 'error',
      time: expect.any(String) as string,
      job_id: expect.any(String) as string,
      job_name: 'run_script',
      error: 'ScriptFailed',
      msg: cause,
    });
  });

  it('is ordered by its execution, with more arguments than a container is given', async () => {
    const args = Array.from({ length: 20 }, (_, arg) => String(arg).padEnd(256, '漢'));
    const order = { job_name: 'run_script', job_options: { script: 'story.sh', args } };
    const ended = await runScript('printf "%s\\n" "$@"', {
      env: { JOB_OPTIONS: '', EXECUTION_ARN: ARN },
      // Beats and the call for the order come in any sequence; of a beat's answer nothing is read.
      answers: Array<ScriptedAnswer>(3).fill({ result: { input: JSON.stringify(order) } }),
    });
    expect(ended.exitCode).toBe(0);
    expect(ended.reports.map(({ operation }) => operation)).toEqual(['DescribeExecution', 'SendTaskSuccess']);
    expect(resultOf(ended).last_lines.at(-1)).toBe(args.at(-1));
  });

  it('that ignores SIGTERM, and left a session of its own, ends with the worker within its 30 seconds', async () => {
    const mark = join(folder, 'started');
    let toldMs = 0;
    const script = `trap '' TERM; setsid bash -c "trap '' TERM; touch ${mark}; sleep 600" & sleep 600`;
    const ended = await runScript(script, {
      meanwhile: async (kill) => {
        await until('the script has started', () =>
          readFile(mark, 'utf8')
            .then(() => true)
            .catch(() => undefined),
        );
        toldMs = performance.now();
        kill('SIGTERM');
      },
    });
    expect(performance.now() - toldMs).toBeLessThan(25_000);
    expect(ended.exitCode).toBe(1);
    expect(ended.reports).toMatchObject([{ operation: 'SendTaskFailure', input: { error: 'Stopped' } }]);
  });

  it.each(['demo', '1', 'story.sh'])('and its job are told alike when the password is %j', async (password) => {
    const ended = await runScript('cat <&3 | grep password; echo "in demo: 1 of 2"', {
      env: {
        JOB_OPTIONS: JSON.stringify({ script: 'story.sh', db_name: 'demo', db_env: 'direct' }),
        DB_HOST: 'db.example',
        DB_USER: 'me',
        DB_PASS: password,
      },
    });
    expect(ended.exitCode).toBe(0);
    expect(resultOf(ended)).toMatchObject({
      status: 'job complete',
      exit_code: 0,
      duration_ms: expect.any(Number) as number,
    });
    expect(resultOf(ended).last_lines[0]).toBe('password="***"');
    expect(ended.log.at(-1)).toMatchObject({ msg: 'job complete', result: resultOf(ended) });
  });
});
