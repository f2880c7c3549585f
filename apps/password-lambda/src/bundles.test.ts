import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { startMariadb, type DatabaseServer } from '@serverless-ops/test-servers';
import { startChangeBench, type ChangeBench } from './testing/change-bench.ts';

const ROOT = join(__dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'serverless-ops-bundles-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface BundleTarget {
  options: { main: string; esbuildOptions: EsbuildOptions };
}
interface EsbuildOptions {
  mainFields: string[];
  banner: { js: string };
  target: string;
  alias: Record<string, string>;
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(join(ROOT, file), 'utf8'));
}

/** Makes a bundle as `nx build` does, with what nx.json says for all bundles. */
function bundle(name: 'change' | 'look-up'): string {
  const { nx } = readJson('apps/password-lambda/package.json') as { nx: { targets: Record<string, BundleTarget> } };
  const { targetDefaults } = readJson('nx.json') as { targetDefaults: Record<string, BundleTarget> };
  const options = nx.targets[`bundle-${name}`]?.options;
  if (options === undefined) throw new Error(`package.json has no target bundle-${name}.`);
  const { mainFields, banner, target, alias } = {
    ...targetDefaults['@nx/esbuild:esbuild']?.options.esbuildOptions,
    ...options.esbuildOptions,
  };
  const outfile = join(folder, `${name}.mjs`);
  const args = [
    ...[
      options.main.replace('{projectRoot}', 'apps/password-lambda'),
      '--bundle',
      '--minify',
      '--platform=node',
      '--format=esm',
      '--log-level=error',
    ],
    ...[`--main-fields=${mainFields.join(',')}`, `--banner:js=${banner.js}`, `--target=${target}`],
    ...Object.entries(alias).map(([from, to]) => `--alias:${from}=${to}`),
    `--outfile=${outfile}`,
  ];
  execFileSync(join(ROOT, 'node_modules/.bin/esbuild'), args, { cwd: ROOT });
  return outfile;
}

/** Calls a handler as Lambda does, in a process of its own, with nothing but this in its environment. */
const CALL = `
  import { text } from 'node:stream/consumers';
  const { handler } = await import(process.argv[1]);
  const outcome = await handler(JSON.parse(await text(process.stdin))).catch(({ name, message, stack }) => ({ name, message, stack }));
  console.log(JSON.stringify({ outcome }));`;

describe('the bundles', () => {
  let server: DatabaseServer;
  let bench: ChangeBench;
  const files = { change: '', 'look-up': '' };

  beforeAll(async () => {
    server = await startMariadb();
    await server.query('CREATE DATABASE shop');
    files.change = bundle('change');
    files['look-up'] = bundle('look-up');
  }, 60_000);
  afterAll(() => server.stop());
  beforeEach(async () => {
    bench = await startChangeBench(server);
    bench.store.put('/ops/databases/shop/demo/db_host', '127.0.0.1', 'String');
    bench.store.put('/ops/databases/shop/demo/db_port', String(server.port), 'String');
    bench.store.put('/ops/database_users/shop/demo/mary/grant', `GRANT SELECT TO 'mary'@'%'`, 'String');
    for (const user of ['mary', 'nobody'])
      bench.store.put(`/ops/database_users/shop/demo/${user}/account`, 'application', 'String');
  });
  afterEach(() => bench.stop());

  async function call(name: keyof typeof files, event: unknown) {
    const { endpoint, region, credentials } = bench.store.clientConfig;
    const env = {
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      ...(name === 'change' ? { DATABASE_TLS: 'verify', KEY_ID: 'alias/ops' } : { PARAMETER_PREFIX: '/ops' }),
    };
    const child = spawn(process.execPath, ['--input-type=module', '--eval', CALL, files[name]], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env,
    });
    child.stdin.end(JSON.stringify(event));
    const output = (await text(child.stdout)).trimEnd().split('\n');
    const lines = output.map((line) => JSON.parse(line) as Record<string, unknown>);
    return { outcome: lines.at(-1)?.['outcome'] as Record<string, unknown>, log: lines.slice(0, -1), output };
  }

  const order = (options: object) => ({
    job_id: 'job-1',
    job_options: { db_name: 'shop', db_env: 'demo', db_user: 'mary', ...options },
  });

  test('change a password, one handing to the other, and log no secret', async () => {
    const found = await call('look-up', order({ generate: true, create_if_missing: true }));
    const changed = await call('change', found.outcome);

    expect(changed.outcome).toMatchObject({ status: 'job complete', changed: true, created: true, version: 1 });
    expect(await bench.logIn()).toBe('mary@%');
    for (const line of [...found.log, ...changed.log]) {
      expect(line).toMatchObject({ level: 'info', job_id: 'job-1', job_name: 'password_change' });
    }
    const secrets = bench.store.parameters.list().filter(({ type }) => type === 'SecureString');
    expect(secrets).toHaveLength(2);
    for (const { name } of secrets)
      for (const value of bench.store.values(name)) expect(changed.output.join()).not.toContain(value);
  });

  test('fail as Step Functions is to see it', async () => {
    const invalid = await call('look-up', order({ db_user: 'rdsadmin' }));
    const found = await call('look-up', order({ db_user: 'nobody', generate: true }));
    const missing = await call('change', found.outcome);

    expect(invalid.outcome).toMatchObject({ name: 'InvalidRequest' });
    expect(missing.outcome).toMatchObject({
      name: 'AccountNotFound',
      message: expect.stringContaining('has no account "nobody"') as string,
    });
    expect(missing.outcome['stack']).toBe(`AccountNotFound: ${String(missing.outcome['message'])}`);
    expect(missing.log.at(-1)).toMatchObject({ level: 'error', msg: 'failed', err: { code: 'AccountNotFound' } });
  });

  test.each([
    ['look-up', 500_000],
    // Reading an account before its password changes took the last kilobytes.
    ['change', 1_020_000],
  ] as const)('stay small: %s', (name, bytes) => {
    expect(statSync(files[name]).size).toBeLessThan(bytes);
  });
});
