import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const workspaceRoot = join(import.meta.dirname, '../../..');
let folder: string;

beforeAll(() => mkdirSync(join(workspaceRoot, 'tmp'), { recursive: true }));
beforeEach(() => {
  // In the workspace, where jest finds its own packages; git, Nx and ESLint ignore `tmp`.
  folder = mkdtempSync(join(workspaceRoot, 'tmp/left-open-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Run {
  exitCode: unknown;
  output: string;
}

/** Runs one file of tests as every project does, in a jest of its own, which has to end within the time of a test. */
function runTestFile(source: string): Promise<Run> {
  writeFileSync(join(folder, 'sample.test.ts'), source);
  const args = ['--config', join(workspaceRoot, 'jest.preset.js'), '--rootDir', folder, '--runInBand'];
  // Without the variables of Nx: the counts of this run are not ours.
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder };
  const jest = join(workspaceRoot, 'node_modules/jest/bin/jest.js');
  return new Promise((resolve) => {
    const options = { cwd: workspaceRoot, env, timeout: 18_000, killSignal: 'SIGKILL' } as const;
    execFile(process.execPath, [jest, ...args], options, (error, stdout, stderr) =>
      resolve({ exitCode: error === null ? 0 : (error.code ?? error.signal), output: stdout + stderr }),
    );
  });
}

const SERVER = `import { createServer } from 'node:net';
  let server;
  beforeEach(() => new Promise((listens) => { server = createServer().listen(0, '127.0.0.1', listens); }));`;

describe('a run of tests', () => {
  it('ends, with the failed assertion, when that keeps a hook from closing a server and a process', async () => {
    const { exitCode, output } = await runTestFile(`${SERVER}
      import { spawn } from 'node:child_process';
      const child = spawn('sleep', ['600']);
      afterEach(async () => { expect('an upload').toBe('gone'); server.close(); child.kill(); });
      it('passes', () => {});`);
    expect(exitCode).toBe(1);
    expect(output).toMatch(/FAIL .*sample\.test\.ts/);
    expect(output).toMatch(/Expected: "gone"/);
    expect(output).toMatch(/sample\.test\.ts leaves open: a server on .*, the process \d+ \(sleep\)/);
  });

  it('fails, with the name of the file, when all tests pass and a server is open', async () => {
    const { exitCode, output } = await runTestFile(`${SERVER} it('passes', () => {});`);
    expect(exitCode).toBe(1);
    expect(output).toMatch(/FAIL .*sample\.test\.ts/);
    expect(output).toMatch(/leaves open: a server on/);
  });

  it('ends and fails, with the name of the file, when only a timer is left', async () => {
    const { exitCode, output } = await runTestFile(`it('passes', () => { setInterval(() => {}, 1000); });`);
    expect(exitCode).toBe(1);
    expect(output).toMatch(
      /does not end: one of these files leaves something open \(.*Timeout.*\):\n.*sample\.test\.ts/,
    );
  });

  it('passes when everything is closed', async () => {
    const { exitCode, output } = await runTestFile(`${SERVER}
      afterEach(() => new Promise((closed) => server.close(closed)));
      it('passes', () => {});`);
    expect({ exitCode, left: /leaves|does not end/.test(output) }).toEqual({ exitCode: 0, left: false });
  });
});
