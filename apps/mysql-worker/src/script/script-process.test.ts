import { once } from 'node:events';
import { mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ScriptProcess, type ScriptOptions } from './script-process.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'script-process-'));
});

afterEach(() => rm(folder, { recursive: true }));

async function start(script: string, options: Partial<ScriptOptions> = {}): Promise<ScriptProcess> {
  const file = join(folder, 'script.sh');
  await writeFile(file, `cd ${folder}\n${script}`);
  return new ScriptProcess({
    file,
    args: [],
    path: '/usr/local/bin:/usr/bin:/bin',
    environment: {},
    optionFile: undefined,
    user: undefined,
    onErrorLine: () => undefined,
    ...options,
  });
}

/** Command line of a process whose id is in a file; empty when it has ended. */
async function commandOf(pidFile: string): Promise<string> {
  const pid = Number(await readFile(pidFile, 'utf8'));
  return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
}

/** Ids of processes of this name that a script of this test left in its folder. */
async function runningInFolder(name: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry));
  const found = pids.map(async (pid) => {
    const command = await readFile(`/proc/${pid}/cmdline`, 'latin1').catch(() => '');
    const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => '');
    return command.startsWith(`${name}\0`) && cwd === folder ? [pid] : [];
  });
  return (await Promise.all(found)).flat();
}

describe('a script', () => {
  it('gets its arguments as they are, and says how it ended', async () => {
    const script = await start('printf "<%s>" "$@"; exit 3', { args: ['a b', '$(id)', "it's"] });
    expect(await text(script.stdout)).toBe("<a b><$(id)><it's>");
    expect(await script.exit).toEqual({ code: 3, signal: null });
  });

  it('reads its option file from descriptor 3, through a pipe and from no disk', async () => {
    const script = await start('cat <(cat <&3)', { optionFile: '[client]\npassword="secret"\n' });
    expect(await text(script.stdout)).toBe('[client]\npassword="secret"\n');
  });

  it('may leave its option file unread', async () => {
    const script = await start('echo done', { optionFile: 'x'.repeat(1_000_000) });
    expect(await text(script.stdout)).toBe('done\n');
    expect(await script.exit).toEqual({ code: 0, signal: null });
  });

  it('sees nothing of the environment around it', async () => {
    const script = await start('env | cut -d= -f1 | sort', { environment: { DB_NAME: 'a' } });
    const names = (await text(script.stdout)).trim().split('\n');
    expect(names.filter((name) => !['_', 'PWD', 'SHLVL', 'OLDPWD'].includes(name))).toEqual([
      'DB_NAME',
      'LC_ALL',
      'PATH',
      'SCRIPT_RUN_ID',
    ]);
  });

  it('may flood standard error while standard output is not read', async () => {
    let lines = 0;
    const script = await start('for i in $(seq 20000); do echo "line $i of a flood" >&2; done; echo end', {
      onErrorLine: () => lines++,
    });
    // The flood is 440 kB, several times what a pipe holds: it ends only if standard error is drained.
    await once(script.stdout, 'readable');
    expect(await text(script.stdout)).toBe('end\n');
    await script.exit;
    expect(lines).toBe(20_000);
  });

  it('is killed with everything it started', async () => {
    const pidFile = join(folder, 'pid');
    const script = await start(`sleep 600 & echo $! > ${pidFile}; echo started; wait`);
    await once(script.stdout, 'data');
    script.stdout.resume();
    script.kill();
    expect(await script.exit).toEqual({ code: null, signal: 'SIGKILL' });
    expect(await commandOf(pidFile)).toBe('');
  });

  it('that is killed takes with it what made itself a session and reads its output from nowhere', async () => {
    const pidFile = join(folder, 'pid');
    const script = await start(
      `setsid bash -c 'echo $$ > ${pidFile}; exec sleep 600' > /dev/null 2>&1 < /dev/null 3<&- &
       until [ -s ${pidFile} ]; do sleep 0.01; done; echo started; wait`,
    );
    await once(script.stdout, 'data');
    script.stdout.resume();

    script.kill();

    await script.exit;
    expect(await commandOf(pidFile)).toBe('');
  });

  describe('that ends while something that it started runs on', () => {
    it.each([
      ['in its own session', 'sleep 600 &'],
      ['out of sight of its group', 'set -m; sleep 600 &'],
      ['in a session of its own', 'setsid sleep 600 &'],
      ['in a session of its own, without any of its streams', 'setsid sleep 600 > /dev/null 2>&1 < /dev/null 3<&- &'],
      ['in a session of its own, with an empty environment', 'env -i setsid sleep 600 &'],
      ['below a process that has ended', '(setsid bash -c "sleep 600 & sleep 0.1" &)'],
    ])('has ended, and that is killed: %s', async (_, background) => {
      const startedMs = performance.now();
      const script = await start(`echo before; ${background}\nexit 3`);
      const output = text(script.stdout);

      expect(await script.exit).toEqual({ code: 3, signal: null });

      expect(performance.now() - startedMs).toBeLessThan(60_000);
      expect(await output).toBe('before\n');
      expect(await runningInFolder('sleep')).toEqual([]);
    });

    it('still gives everything that it printed', async () => {
      const script = await start('seq 200000; setsid sleep 600 &');

      const lines = (await text(script.stdout)).trimEnd().split('\n');

      expect(lines).toHaveLength(200_000);
      expect(lines.at(-1)).toBe('200000');
    });
  });
});
