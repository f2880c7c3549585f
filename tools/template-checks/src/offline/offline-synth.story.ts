import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { deployedApps, synthesizedStacks, WORKSPACE_ROOT } from '../assembly/synthesized-stacks.ts';
import { findCutOff } from './cut-off.ts';

const cutOff = findCutOff();
if (cutOff === undefined) {
  process.stderr.write(
    '\nNOT TESTED: that a synth needs no network. Taking the network away needs "unshare" and root, or the right to ' +
      'make namespaces.\n\n',
  );
}
const withoutNetwork = cutOff === undefined ? describe.skip : describe;

withoutNetwork('without a network, credentials or a home', () => {
  const folder = mkdtempSync(join(tmpdir(), 'offline-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  function run(program: string, args: readonly string[], cwd = WORKSPACE_ROOT): string {
    const [first = '', ...rest] = [...(cutOff ?? []), program, ...args];
    const PATH = `${WORKSPACE_ROOT}/node_modules/.bin:/usr/bin:/bin`;
    // No variable of AWS, no ~/.aws, and no asking of the machine it may run on.
    const env = { PATH, HOME: folder, AWS_EC2_METADATA_DISABLED: 'true' };
    return execFileSync(first, rest, { cwd, env, encoding: 'utf8', stdio: 'pipe' });
  }

  it('there is really no network', () => {
    const script = 'console.log(Object.keys(os.networkInterfaces()).length, process.env.AWS_PROFILE)';
    expect(run('node', ['--eval', script])).toBe('0 undefined\n');
  });

  it.each(deployedApps())('%s is synthesized to the templates that are deployed', (app) => {
    const output = join(folder, app);

    run('cdk', ['synth', '--quiet', '--output', output], join(WORKSPACE_ROOT, 'apps', app));

    for (const { templateFile } of synthesizedStacks().filter((stack) => stack.app === app)) {
      expect(readFileSync(join(output, basename(templateFile)), 'utf8')).toBe(readFileSync(templateFile, 'utf8'));
    }
  });
});
