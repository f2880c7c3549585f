import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WORKER_JOB_NAMES } from '@serverless-ops/job-schemas';

const SETUP = join(import.meta.dirname, '..');
const NODE = join(SETUP, '../../node_modules/.bin/node');

describe('the check of the settings before a command', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'settings-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  function check(text: string): { status: number | null; stderr: string } {
    const file = join(folder, 'settings.yml');
    writeFileSync(file, text);
    return spawnSync(NODE, [join(SETUP, 'check-settings.ts'), file], { encoding: 'utf8' });
  }

  it('says nothing about settings that can be used', () => {
    expect(check('global: { name_prefix: ops }')).toMatchObject({ status: 0, stderr: '' });
  });

  it('prints every mistake in one sentence, without a stack, and ends with 1', () => {
    const { status, stderr } = check(
      'global:\n  name_prefix: Ops\ntasks: { fargate: { mysql_worker: { jobs: { dance: {} } } } }',
    );

    expect(status).toBe(1);
    expect(stderr).toBe(
      `${join(folder, 'settings.yml')} cannot be used. 2 to correct:\n` +
        '  line 2, global.name_prefix: found "Ops"; allowed: 1 to 20 lower-case letters, digits and hyphens, beginning ' +
        'with a letter and not with "aws" or what S3 reserves (xn--, sthree-, amzn-s3-demo-)\n' +
        "  line 3, tasks.fargate.mysql_worker.jobs.dance: found a group; allowed: as its name one of the worker's jobs: " +
        `${WORKER_JOB_NAMES.join(', ')}\n`,
    );
  });
});
