import { readFileSync } from 'node:fs';
import { until } from '../testing/until.ts';
import { ContainerProcess } from './container-process.ts';

const start = (script: string, lines: string[] = []) =>
  ContainerProcess.start({
    command: [process.execPath, '-e', script],
    workingDirectory: import.meta.dirname,
    environment: {},
    onLine: (line) => void lines.push(line),
  });

/** A zombie, whose parent has not waited for it yet, is not alive. */
const isAlive = (pid: number): boolean => {
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
};

describe('ContainerProcess', () => {
  it('gives lines of both outputs as they come, and the last one although it has no line break', async () => {
    const lines: string[] = [];
    const container = await start("console.log('a\\r\\n\\nb'); console.error('c'); process.stdout.write('ü')", lines);
    await expect(container.exited).resolves.toBe(0);
    expect(lines.sort()).toEqual(['a', 'b', 'c', 'ü']);
  });

  it('sees nothing of the environment of the local cloud', async () => {
    const lines: string[] = [];
    const container = await start('console.log(Object.keys(process.env).length)', lines);
    await container.exited;
    expect(lines).toEqual(['0']);
  });

  it('asks with SIGTERM first', async () => {
    const lines: string[] = [];
    const container = await start(
      "process.on('SIGTERM', () => process.exit(7)); setInterval(() => {}, 1000); console.log('up')",
      lines,
    );
    await until(() => lines.length > 0);
    container.stop(10_000);
    await expect(container.exited).resolves.toBe(7);
  });

  it('kills what does not stop in time: 137', async () => {
    const lines: string[] = [];
    const container = await start(
      "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('up')",
      lines,
    );
    await until(() => lines.length > 0);
    container.stop(50);
    await expect(container.exited).resolves.toBe(137);
  });

  it('takes everything with it that it started, in whatever process group', async () => {
    const lines: string[] = [];
    const container = await start(
      `const { spawn } = require('node:child_process');
       const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, env: {} });
       process.on('SIGTERM', () => {});
       console.log(child.pid);`,
      lines,
    );
    await until(() => lines.length > 0);
    container.stop(50);
    await expect(container.exited).resolves.toBe(137);
    await until(() => !isAlive(Number(lines[0])));
  });

  it('is refused when there is no such program', async () => {
    await expect(
      ContainerProcess.start({
        command: ['/no/such'],
        workingDirectory: '/',
        environment: {},
        onLine: () => undefined,
      }),
    ).rejects.toThrow('spawn /no/such ENOENT');
  });
});
