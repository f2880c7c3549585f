import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
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
  await writeFile(file, script);
  return new ScriptProcess({
    file,
    args: [],
    path: '/usr/local/bin:/usr/bin:/bin',
    environment: {},
    optionFile: undefined,
    onErrorLine: () => undefined,
    ...options,
  });
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
    ]);
  });

  it('may flood standard error while nobody reads standard output', async () => {
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

  it('has an overlong line cut, so that no row of data fills the log', async () => {
    const lines: string[] = [];
    const script = await start('head -c 100000 /dev/zero | tr "\\0" x >&2', {
      onErrorLine: (line) => lines.push(line),
    });
    script.stdout.resume();
    await script.exit;
    expect(lines.map((line) => line.length)).toEqual([2001]);
  });

  it('is killed with everything it started', async () => {
    const pidFile = join(folder, 'pid');
    const script = await start(`sleep 600 & echo $! > ${pidFile}; echo started; wait`);
    await once(script.stdout, 'data');
    script.stdout.resume();
    script.kill();
    expect(await script.exit).toEqual({ code: null, signal: 'SIGKILL' });
    const pid = Number(await readFile(pidFile, 'utf8'));
    await expect(readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).resolves.toBe('');
  });
});
