import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** An assembly as `cdk synth` writes it, with one stack that reads these parameters. */
export function writeAssembly(
  folder: string,
  content: { parameterNames?: readonly string[]; images?: object; resources?: object } = {},
): void {
  const { parameterNames = [], images = {}, resources = {} } = content;
  mkdirSync(join(folder, 'asset.1'), { recursive: true });
  write('manifest.json', {
    version: '55.0.0',
    artifacts: {
      'app.assets': { type: 'cdk:asset-manifest', properties: { file: 'app.assets.json' } },
      app: {
        type: 'aws:cloudformation:stack',
        environment: 'aws://unknown-account/unknown-region',
        properties: { templateFile: 'app.template.json' },
      },
      report: { type: 'cdk:feature-flag-report', properties: { flags: {} } },
    },
  });
  write('app.assets.json', { files: {}, dockerImages: images });
  write('app.template.json', {
    Resources: resources,
    Parameters: {
      Size: { Type: 'Number', Default: 1 },
      ...Object.fromEntries(
        parameterNames.map((name, index) => [
          `P${index}`,
          { Type: 'AWS::SSM::Parameter::Value<String>', Default: name },
        ]),
      ),
    },
  });
  write('app.metadata.json', { '/app': [{ data: [`file://${folder}/main.ts`] }] });
  write('performance-counters.json', { synthesisMs: performance.now() });
  write('asset.1/handler.mjs', 'export const handler = () => {};');

  function write(file: string, json: unknown): void {
    writeFileSync(join(folder, file), JSON.stringify(json));
  }
}
