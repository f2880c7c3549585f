import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnResource, Stack, Stage } from 'aws-cdk-lib';
import { readAssembly } from './read-assembly.ts';

let folder: string;

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'cloud-assembly-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** CDK warns of a stack without resources. */
function addTopic(stack: Stack): void {
  new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic' });
}

describe('readAssembly', () => {
  it('gives stacks with names, templates, environments and dependencies', () => {
    const app = new App({ outdir: folder, analyticsReporting: false });
    const base = new Stack(app, 'Base', { stackName: 'ops-base' });
    addTopic(base);
    const top = new Stack(app, 'Top', { env: { account: '111111111111', region: 'eu-central-1' } });
    addTopic(top);
    top.addStackDependency(base);
    app.synth();

    const { stacks } = readAssembly(folder);

    expect(stacks).toMatchObject([
      {
        ...{ name: 'ops-base', artifactId: 'Base', accountId: undefined, region: undefined },
        template: { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } },
      },
      { name: 'Top', artifactId: 'Top', accountId: '111111111111', region: 'eu-central-1' },
    ]);
    expect(stacks[1]?.dependencies).toContain('Base');
  });

  it('gives the asset manifests, and assemblies that are nested', () => {
    const app = new App({ outdir: folder, analyticsReporting: false });
    addTopic(new Stack(new Stage(app, 'Prod'), 'Inner'));
    app.synth();

    const [nested] = readAssembly(folder).nested;

    expect(nested?.stacks.map(({ name }) => name)).toEqual(['Prod-Inner']);
    expect(nested?.assetManifests).toEqual([expect.objectContaining({ files: expect.anything() as unknown })]);
  });

  it('refuses a folder without a manifest', () => {
    expect(() => readAssembly(folder)).toThrow('manifest.json');
  });
});
