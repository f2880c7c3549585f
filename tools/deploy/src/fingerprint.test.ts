import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDeployableAssembly } from './deployable-assembly.ts';
import { readFingerprint } from './fingerprint.ts';
import { memoryStore } from './testing/memory-store.ts';
import { writeAssembly } from './testing/synthesized-app.ts';

const KEY = '/serverlessops/foundation/key_arn';
const BOOTSTRAP = '/cdk-bootstrap/hnb659fds/version';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fingerprint-'));
  writeAssembly(folder, { parameterNames: [KEY, BOOTSTRAP] });
});
afterEach(() => rmSync(folder, { recursive: true }));

const fingerprintWith = (parameters: Record<string, string>): Promise<string> =>
  readFingerprint(readDeployableAssembly(folder), memoryStore(parameters).store);

describe('a fingerprint', () => {
  it('is the same for the same assembly and the same values', async () => {
    const first = await fingerprintWith({ [KEY]: 'arn:1', [BOOTSTRAP]: '30', '/something/else': '1' });
    const second = await fingerprintWith({ [KEY]: 'arn:1', [BOOTSTRAP]: '30', '/something/else': '2' });

    expect(second).toBe(first);
    expect(first).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is another one when a value is, although the assembly is the same', async () => {
    const first = await fingerprintWith({ [KEY]: 'arn:1', [BOOTSTRAP]: '30' });

    await expect(fingerprintWith({ [KEY]: 'arn:2', [BOOTSTRAP]: '30' })).resolves.not.toBe(first);
  });

  it('is another one when the assembly is', async () => {
    const first = await fingerprintWith({ [KEY]: 'arn:1', [BOOTSTRAP]: '30' });
    writeFileSync(join(folder, 'asset.1/handler.mjs'), '');

    await expect(fingerprintWith({ [KEY]: 'arn:1', [BOOTSTRAP]: '30' })).resolves.not.toBe(first);
  });

  it('says that the account is not bootstrapped', async () => {
    await expect(fingerprintWith({ [KEY]: 'arn:1' })).rejects.toThrow(
      'This account and region are not bootstrapped for CDK: run "npm run deploy -- --bootstrap" once.',
    );
  });

  it('says that the foundation is not deployed', async () => {
    await expect(fingerprintWith({ [BOOTSTRAP]: '30' })).rejects.toThrow(
      'Parameter Store has no /serverlessops/foundation/key_arn, which the foundation writes: run "npx nx run infra:deploy" first.',
    );
  });
});
