import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findScriptUser } from './script-user.ts';

const folder = mkdtempSync(join(tmpdir(), 'script-user-'));
const passwdFile = join(folder, 'passwd');
writeFileSync(passwdFile, 'root:x:0:0:root:/root:/bin/bash\nscript:x:10002:10003::/tmp:/usr/sbin/nologin\n');
afterAll(() => rmSync(folder, { recursive: true }));

const find = (name: string | undefined, workerUid: number | undefined) =>
  findScriptUser({ name, workerUid, passwdFile });

describe('the user that a script runs as', () => {
  it("is the worker's own when none is named", () => {
    expect(find(undefined, 10001)).toBeUndefined();
  });

  it('is the one that is named, with the ids that the image gave it', () => {
    expect(find('script', 0)).toEqual({ name: 'script', uid: 10002, gid: 10003 });
  });

  it.each([
    ['the worker cannot become it', 'script', 10001, /runs as user 10001, .* whose name ends in -script/],
    ['the image does not have it', 'nobody', 0, /SCRIPT_USER is nobody, and the image has no user of that name/],
    ['it is root under another name', 'root', 0, /the image has root under that name/],
  ])('is none, and the script is not run, when %s', (_, name, workerUid, message) => {
    const refused = (): unknown => find(name, workerUid);
    expect(refused).toThrow(message);
    expect(refused).toThrow(expect.objectContaining({ code: 'InvalidRequest' }) as Error);
  });
});
