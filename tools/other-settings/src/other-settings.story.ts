import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createSecondCheckout } from '@serverless-ops/test-servers';
import { withOtherSettings } from './with-other-settings.ts';

const workspaceRoot = join(import.meta.dirname, '../../..');
const run = promisify(execFile);

/** Stories of each door: orders and passwords over the API, `ops` and the parameters, files in the bucket. */
const STORIES = ['ops.story', 'password-change.story', 'interrupted-backup.story'];

jest.setTimeout(240_000); // A whole workspace is built and synthesized.

describe('a workspace with other settings', () => {
  let checkout: string;

  beforeAll(() => {
    // In the workspace, for hard links do not cross file systems; `tmp` is ignored by git, Nx and ESLint.
    mkdirSync(join(workspaceRoot, 'tmp'), { recursive: true });
    checkout = mkdtempSync(join(workspaceRoot, 'tmp/other-settings-'));
    createSecondCheckout(workspaceRoot, checkout);
    const settingsFile = join(checkout, 'settings.yml');
    writeFileSync(settingsFile, withOtherSettings(readFileSync(settingsFile, 'utf8')));
  });
  afterAll(() => rmSync(checkout, { recursive: true }));

  /** Runs a program as a terminal in the copy does, with nothing of the Nx that runs this story. */
  async function inCheckout(...args: readonly string[]): Promise<string> {
    const PATH = `${join(checkout, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`;
    const env = { PATH, HOME: checkout, AWS_EC2_METADATA_DISABLED: 'true' };
    const { stdout, stderr } = await run(process.execPath, args, { cwd: checkout, env, maxBuffer: 64 * 1024 * 1024 });
    return stdout + stderr;
  }

  it('passes the demo, whose backup is where the settings say', async () => {
    const output = await inCheckout('tools/demo/src/main.ts');

    expect(output).toMatch(/stored in s3:\/\/other-ops-[^/]+\/dumps\/nightly\/classicmodels\/demo\//);
    expect(output).toContain('7 parameters under /teams/other/databases/classicmodels/demo');
  });

  it('passes stories', async () => {
    const output = await inCheckout(
      'node_modules/jest/bin/jest.js',
      // The settings are the same whatever the server is.
      ...['--config', 'jest.stories.js', '--rootDir', 'tools/e2e', '--testNamePattern', '^(?!.* on MySQL)'],
      ...STORIES,
    );

    for (const story of STORIES) expect(output).toMatch(new RegExp(`PASS .*${story}`));
  });
});
