import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runsTypeScript } from './start-on-node-24.mjs';

const BIN = join(import.meta.dirname, 'start-on-node-24.mjs');

let workspace: string;
beforeEach(() => (workspace = mkdtempSync(join(tmpdir(), 'ops wörkspace '))));
afterEach(() => rmSync(workspace, { recursive: true }));

/** Starts `ops` with what is in place of Node 24 in the workspace. */
function start(words: readonly string[]) {
  const program = `(await import(${JSON.stringify(BIN)})).startOnNode24(${JSON.stringify(words)}, ${JSON.stringify(workspace)})`;
  return spawnSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' });
}

function putNode(script: string): void {
  const folder = join(workspace, 'node_modules/node/bin');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'node'), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, 'node'), 0o755);
}

describe('ops on an older Node', () => {
  it.each([
    ['18.20.0', false],
    ['20.19.0', false],
    ['22.12.0', false],
    ['24.0.0', true],
    ['26.1.0', true],
  ])('%s runs it as it is: %s', (version, expected) => {
    expect(runsTypeScript(version)).toBe(expected);
  });

  it('is started with the Node of the workspace, told every word, and ends as it ends', () => {
    putNode('printf "%s\\n" "$@"; exit 3');

    const { status, stdout } = start(['params', 'push', "o'neil x"]);

    expect(stdout).toMatch(/^\S.*\/apps\/ops-cli\/src\/main\.ts\nparams\npush\no'neil x\n$/);
    expect(status).toBe(3);
  });

  it('ends by the signal that ended it', () => {
    putNode('kill -TERM $$');

    expect(start([]).signal).toBe('SIGTERM');
  });

  it('says in two sentences what it needs when there is none', () => {
    const { status, stderr } = start([]);

    expect(stderr).toBe(
      `ops needs Node 24, and this is Node ${process.versions.node}. Run "npm ci" in ${workspace}, which brings it; ` +
        'where npm holds install scripts back, also "npm rebuild node --ignore-scripts=false".\n',
    );
    expect(status).toBe(2);
  });
});
