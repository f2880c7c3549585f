import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assemblyDigest, assemblyDigests } from './assembly-digest.ts';
import { readDeployableAssembly } from './deployable-assembly.ts';
import { writeAssembly } from './testing/synthesized-app.ts';

let folder: string;

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'assembly-'))));
afterEach(() => rmSync(folder, { recursive: true }));

describe('an assembly', () => {
  it('names what its templates read from Parameter Store', () => {
    writeAssembly(folder, { parameterNames: ['/serverlessops/foundation/vpc_id', '/cdk-bootstrap/hnb659fds/version'] });

    expect(readDeployableAssembly(folder)).toEqual({
      folder,
      hasImages: false,
      stackNames: ['app'],
      makesCluster: false,
      parameterNames: ['/cdk-bootstrap/hnb659fds/version', '/serverlessops/foundation/vpc_id'],
    });
  });

  it('tells whether an image has to be built', () => {
    writeAssembly(folder, { images: { abc: { source: { directory: 'asset.1' } } } });

    expect(readDeployableAssembly(folder).hasImages).toBe(true);
  });

  it('that does not exist is an error that names the folder', () => {
    expect(() => readDeployableAssembly(folder)).toThrow(`${folder} is not what "cdk synth" writes.`);
  });

  it('without a stack is an error: there would be nothing to deploy', () => {
    writeFileSync(join(folder, 'manifest.json'), '{"version":"55.0.0","artifacts":{}}');

    expect(() => readDeployableAssembly(folder)).toThrow(`No stack is in ${folder}.`);
  });
});

describe('the digest of an assembly', () => {
  it('is the same in another folder', () => {
    writeAssembly(join(folder, 'one'));
    writeAssembly(join(folder, 'deeper/two'));

    expect(assemblyDigest(join(folder, 'one'))).toBe(assemblyDigest(join(folder, 'deeper/two')));
  });

  it('covers what is deployed, and neither the places in the source nor how long it took', () => {
    writeAssembly(folder);

    expect([...assemblyDigests(folder).keys()]).toEqual([
      'app.assets.json',
      'app.template.json',
      'asset.1/handler.mjs',
      'manifest.json',
    ]);
  });

  it.each([
    ['content', () => writeFileSync(join(folder, 'asset.1/handler.mjs'), 'export const handler = () => 1;')],
    ['a name', () => writeFileSync(join(folder, 'asset.1/.dockerignore'), '')],
    ['an asset', () => writeFileSync(join(folder, 'asset.2.json'), '{}')],
  ])('is another one with another %s', (_what, change) => {
    writeAssembly(folder);
    const before = assemblyDigest(folder);

    change();

    expect(assemblyDigest(folder)).not.toBe(before);
  });
});
