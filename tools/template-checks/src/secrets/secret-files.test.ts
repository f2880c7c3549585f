import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { secretFiles } from './secret-files.ts';

describe('a secret that was planted in an asset', () => {
  const folder = mkdtempSync(join(tmpdir(), 'assembly-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is found, however deep, and not repeated', () => {
    mkdirSync(join(folder, 'asset.1/scripts'), { recursive: true });
    writeFileSync(join(folder, 'asset.1/Dockerfile'), 'FROM node:24');
    writeFileSync(join(folder, 'asset.1/scripts/dump.sh'), 'mysqldump --password=hunter2 shop');

    expect(secretFiles('worker', folder)).toEqual({
      findings: [{ where: 'worker/dump.sh', what: 'holds what looks like a password on a command line' }],
      fileCount: 2,
    });
  });
});
