import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import {
  spawnAtTerminal,
  startScriptedParameterStore,
  type ScriptedParameterStore,
} from '@serverless-ops/test-servers';
import { startOps, type OpsAtWork } from './testing/ops-at-work.ts';

const MAIN = join(import.meta.dirname, 'main.ts');
const CANARY = 'canary-7f3c9e';

let parameterStore: ScriptedParameterStore;
let ops: OpsAtWork;
let environment: Record<string, string>;

beforeAll(async () => {
  parameterStore = await startScriptedParameterStore({ keys: ['alias/serverlessops'] });
  ops = startOps(parameterStore.clientConfig, 'global: { parameter_prefix: /acme }');
  environment = { PATH: '/usr/bin:/bin', TERM: 'xterm', ...parameterStore.environment };
});
afterAll(async () => {
  ops.finish();
  await parameterStore.stop();
});

const command = (...words: string[]): string[] => [MAIN, ...words, '--settings', ops.settingsFile];

/** In another process, while this one answers as Parameter Store. */
async function run(program: string, words: string[], { env = {}, input = '' }: { env?: object; input?: string } = {}) {
  const child = spawn(program, words, { env: { ...environment, ...env } });
  child.stdin.end(input);
  const closed = once(child, 'close') as Promise<[status: number]>;
  const [stdout, stderr, [status]] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
  return { status, stdout, stderr };
}

const runOps = (words: string[], options?: Parameters<typeof run>[2]) =>
  run(process.execPath, command(...words), options);

describe('the ops command', () => {
  it('asks at a terminal, echoes no secret, and shows it to no other process', async () => {
    const terminal = spawnAtTerminal(command('params', 'push', 'shop', 'prod', 'db_host', 'db_pass'), environment);

    await terminal.shows('db_host: ');
    terminal.type('db.example.com\r');
    await terminal.shows('db_pass (hidden): ');
    terminal.type(`${CANARY}\r`);
    await terminal.shows('db_pass again: ');
    const visible = whatProcessesShow();
    terminal.type(`${CANARY}\r`);

    expect(await terminal.exitCode).toBe(0);
    expect(terminal.screen()).toContain('db.example.com');
    expect(terminal.screen()).toContain('/acme/databases/shop/prod/db_pass  1        SecureString');
    expect(terminal.screen()).not.toContain(CANARY);
    expect(visible).toContain('db_pass');
    expect(visible).not.toContain(CANARY);
    expect(await ops.stored('/acme/databases/shop/prod/db_pass')).toBe(`SecureString ${CANARY}`);
  });

  it('writes nothing when it is stopped with Ctrl-C', async () => {
    const terminal = spawnAtTerminal(command('params', 'push', 'shop', 'stopped', 'db_host', 'db_pass'), environment);

    await terminal.shows('db_host: ');
    terminal.type('db.example.com\r');
    await terminal.shows('db_pass (hidden): ');
    terminal.type('\x03');

    expect(await terminal.exitCode).toBe(130);
    expect(terminal.screen()).toContain('Stopped: nothing was written.');
    expect(await ops.stored('/acme/databases/shop/stopped/db_host')).toBeUndefined();
  });

  it('takes secrets from the environment and standard input, and checks and lists them without showing any', async () => {
    const admin = ['params', 'push', 'shop', 'piped', '--admin'];

    const runs = [
      await runOps([...admin, '--from-env', 'db_user=DB_USER'], { env: { DB_USER: 'root' } }),
      await runOps([...admin, 'db_pass', '--stdin'], { input: `${CANARY}\n` }),
      await runOps(['params', 'list', 'shop', 'piped']),
      await runOps(['params', 'check', 'shop', 'piped', '--decrypt']),
    ];

    expect(runs.map(({ status }) => status)).toEqual([0, 0, 0, 1]);
    expect(runs.map(({ stdout, stderr }) => stdout + stderr).join('')).not.toContain(CANARY);
    expect(await ops.stored('/acme/database_admins/shop/piped/db_pass')).toBe(`SecureString ${CANARY}`);
  });

  it('says once that it does not talk to AWS, and why', async () => {
    const { stdout, stderr } = await runOps(['params', 'list', 'nothing']);

    expect(stderr).toBe(notice());
    expect(stdout).toContain('Parameter Store has no parameter below');
  });

  it('ends without a word when its reader has seen enough', async () => {
    const line = [process.execPath, MAIN, '--help'].map((word) => `'${word}'`).join(' ');

    const { stderr, stdout } = await run('sh', ['-c', `${line} | true; echo over`]);

    expect({ stdout, stderr }).toEqual({ stdout: 'over\n', stderr: '' });
  });

  it('says that it cannot ask without a terminal', async () => {
    const { status, stdout, stderr } = await runOps(['params', 'push', 'shop', 'prod', 'db_pass']);

    expect({ status, stdout, stderr }).toEqual({
      status: 2,
      stdout: '',
      stderr:
        notice() +
        'ops cannot ask for db_pass, because it has no terminal. Give each value with --from-env PARAMETER=VARIABLE, or a single one with --stdin.\n',
    });
  });

  it.each([
    [
      'login',
      { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', AWS_EC2_METADATA_DISABLED: 'true', HOME: '/nonexistent' },
      'There are no AWS credentials here: log in with "aws sso login", or set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.\n',
    ],
    [
      'region',
      { AWS_REGION: '', HOME: '/nonexistent' },
      'No AWS region is chosen: set "global.region" in settings.yml, or AWS_REGION.\n',
    ],
    [
      'network',
      { AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_MAX_ATTEMPTS: '1' },
      // Which of the paths is named depends on what fails first.
      expect.stringMatching(
        /^ops uses [^\n]*\nhttp:\/\/127\.0\.0\.1:9 does not answer, so AWS did not read the parameters below \/acme\/\w+ \(connect ECONNREFUSED 127\.0\.0\.1:9\)\. Start what should be there, such as the local cloud, or unset AWS_ENDPOINT_URL\.\n$/,
      ) as string,
    ],
  ])('says what to do when there is no %s', async (_what, env, sentence) => {
    expect(await runOps(['params', 'list'], { env })).toMatchObject({ status: 1, stdout: '', stderr: sentence });
  });
});

/** What is said first, because these tests do not talk to AWS. */
function notice(): string {
  const address = String(parameterStore.environment['AWS_ENDPOINT_URL']);
  return `ops uses ${address} instead of AWS, because of AWS_ENDPOINT_URL.\n`;
}

/** Arguments and environments of every process that can be looked at. */
function whatProcessesShow(): string {
  const files = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return files.flatMap((pid) => ['cmdline', 'environ'].map((file) => readIfAllowed(`/proc/${pid}/${file}`))).join('\n');
}

function readIfAllowed(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // Of another user, or over by now.
    return '';
  }
}
