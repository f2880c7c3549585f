import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPrograms } from './programs.ts';

let folder: string;

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'programs-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** Programs of a machine that has this one, and sh. */
function programsWith(name: string, script: string) {
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
  return createPrograms(folder, { PATH: `${folder}:/usr/bin:/bin`, COLOR: 'blue' });
}

describe('a program', () => {
  it('gets its arguments as they are, the environment and the folder', async () => {
    const programs = programsWith('show', 'printf "%s|" "$@" "$COLOR" "$PWD"');

    await expect(programs.read(['show', 'a b', '$HOME', '*'])).resolves.toBe(`a b|$HOME|*|blue|${folder}|`);
  });

  it('that fails is named, with how it ended', async () => {
    const programs = programsWith('fail', 'exit 3');

    await expect(programs.read(['fail', '--now'])).rejects.toThrow('"fail --now" ended with 3.');
    await expect(programs.run(['fail'])).rejects.toThrow('"fail" ended with 3.');
  });

  it('that is killed has failed, whatever it wrote', async () => {
    const programs = programsWith('die', 'echo "[]"; kill -KILL $$');

    await expect(programs.read(['die'])).rejects.toThrow('"die" ended with a signal.');
  });

  it('that does not exist is named', async () => {
    const programs = createPrograms(folder, { PATH: folder });

    await expect(programs.run(['cdk'])).rejects.toThrow('cdk could not be started: spawn cdk ENOENT');
  });

  it('can be asked in silence, and then its failure is an answer', async () => {
    const programs = programsWith('fail', 'echo noise >&2; exit 1');

    await expect(programs.tryRead(['fail'])).resolves.toBeUndefined();
    await expect(programs.tryRead(['no-such-program'])).resolves.toBeUndefined();
    await expect(programs.tryRead(['echo', 'yes'])).resolves.toBe('yes\n');
  });

  it('runs in another folder of the workspace', async () => {
    const programs = programsWith('leave-a-trace', 'touch trace');

    await programs.run(['leave-a-trace'], { cwd: folder });

    await expect(programs.read(['ls', 'trace'])).resolves.toBe('trace\n');
  });
});
