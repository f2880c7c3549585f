import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeReadable } from './make-readable.ts';

let folder: string;

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'readable-'))));
afterEach(() => rmSync(folder, { recursive: true }));

describe('what was made under a strict umask', () => {
  it('can be read, and run if it could be run, by everybody; written by its owner alone', () => {
    mkdirSync(join(folder, 'asset'));
    writeFileSync(join(folder, 'asset/handler.mjs'), '');
    writeFileSync(join(folder, 'asset/backup.sh'), '');
    chmodSync(join(folder, 'asset/handler.mjs'), 0o600);
    chmodSync(join(folder, 'asset/backup.sh'), 0o700);
    chmodSync(join(folder, 'asset'), 0o700);

    makeReadable(folder);

    expect(modeOf('asset')).toBe('755');
    expect(modeOf('asset/handler.mjs')).toBe('644');
    expect(modeOf('asset/backup.sh')).toBe('755');
  });
});

function modeOf(path: string): string {
  return (statSync(join(folder, path)).mode & 0o777).toString(8);
}
