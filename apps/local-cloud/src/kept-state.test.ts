import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { startLocalCloud } from './cloud.ts';
import { apiAssembly } from './testing/api-stack.ts';
import { writeAssembly } from './testing/assembly-folder.ts';
import { KeptState } from './kept-state.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kept-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const statement = { Effect: 'Allow', Action: 'states:StartExecution', Resource: '*' };

async function withCloud<Result>(use: (ssm: SSMClient, apiKey: string) => Promise<Result>, keepFolder?: string) {
  const { directory, remove } = writeAssembly(apiAssembly(statement));
  const log = (): void => undefined;
  const cloud = await startLocalCloud({
    assemblies: [directory],
    port: 0,
    path: '',
    lambdaRuntimePath: '',
    keepFolder,
    log,
  });
  const credentials = { accessKeyId: 'own', secretAccessKey: 'own' };
  const ssm = new SSMClient({ endpoint: cloud.endpointUrl, region: cloud.account.region, credentials });
  try {
    return await use(ssm, cloud.apiKeys[0]?.value ?? '');
  } finally {
    ssm.destroy();
    await cloud.close();
    remove();
  }
}

describe('a cloud that is asked to keep', () => {
  it('has the API key and the parameters of the start before', async () => {
    const keepFolder = join(folder, 'new');
    const first = await withCloud(async (ssm, key) => {
      await ssm.send(new PutParameterCommand({ Name: '/ops/db_pass', Type: 'SecureString', Value: 's3cret' }));
      return key;
    }, keepFolder);
    await withCloud(async (ssm, key) => {
      const { Parameter } = await ssm.send(new GetParameterCommand({ Name: '/ops/db_pass', WithDecryption: true }));
      expect(Parameter).toMatchObject({ Type: 'SecureString', Value: 's3cret' });
      expect(key).toBe(first);
    }, keepFolder);
    expect(statSync(join(keepFolder, 'state.json')).mode & 0o777).toBe(0o600);
  });

  it('keeps nothing when it is not asked to', async () => {
    const keys = [await withCloud((_, key) => Promise.resolve(key)), await withCloud((_, key) => Promise.resolve(key))];
    expect(keys[0]).not.toBe(keys[1]);
  });

  it('says which file is no state of its own', () => {
    writeFileSync(join(folder, 'state.json'), '{"apiKeys":7}');
    expect(() => KeptState.open(folder)).toThrow(
      `${join(folder, 'state.json')} is no state that the local cloud wrote.`,
    );
  });
});

it('runs from a copy of its assemblies, and leaves no copy behind', async () => {
  const copies = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('local-cloud-'));
  const before = copies();
  const { directory, remove } = writeAssembly(apiAssembly(statement));
  const cloud = await startLocalCloud({
    assemblies: [directory],
    port: 0,
    path: '',
    lambdaRuntimePath: '',
    log: () => undefined,
  });
  remove();
  expect(existsSync(directory)).toBe(false);
  const mine = copies().filter((name) => !before.includes(name));
  expect(mine).not.toEqual([]);
  await cloud.close();
  expect(copies().filter((name) => mine.includes(name))).not.toEqual(mine);
});
