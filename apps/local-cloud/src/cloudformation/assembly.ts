import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { AssemblyAssets, assetManifestSchema } from './assembly-assets.ts';
import { type Template, templateSchema } from './template.ts';

const manifestSchema = z.looseObject({
  artifacts: z
    .record(
      z.string(),
      z.looseObject({
        type: z.string(),
        environment: z.string().optional(),
        dependencies: z.array(z.string()).default([]),
        properties: z
          .looseObject({
            templateFile: z.string().optional(),
            stackName: z.string().optional(),
            file: z.string().optional(),
            directoryName: z.string().optional(),
          })
          .default({}),
      }),
    )
    .default({}),
});

/** One stack of a synthesized assembly, before anything of it was resolved. */
export interface AssembledStack {
  name: string;
  /** Unique in its assembly, and what the dependencies of other stacks name. */
  artifactId: string;
  dependencies: string[];
  /** Undefined where the stack was synthesized for any account or region. */
  accountId: string | undefined;
  region: string | undefined;
  template: Template;
  assets: AssemblyAssets;
}

/** Reads the stacks of a `cdk.out` folder, those of nested assemblies too. Throws what is wrong with the folder. */
export function readAssembly(directory: string): AssembledStack[] {
  const folder = resolve(directory);
  const { artifacts } = manifestSchema.parse(readJson(join(folder, 'manifest.json')));
  const all = Object.entries(artifacts);
  const nested = all.flatMap(([, { type, properties }]) =>
    type === 'cdk:cloud-assembly' && properties.directoryName
      ? readAssembly(join(folder, properties.directoryName))
      : [],
  );
  const assetManifests = all.flatMap(([, { type, properties }]) =>
    type === 'cdk:asset-manifest' && properties.file
      ? [assetManifestSchema.parse(readJson(join(folder, properties.file)))]
      : [],
  );
  const assets = new AssemblyAssets(folder, assetManifests);
  const stacks = all.flatMap(([artifactId, { type, environment, dependencies, properties }]) => {
    if (type !== 'aws:cloudformation:stack' || !properties.templateFile) return [];
    const [, accountId, region] = /^aws:\/\/([^/]+)\/(.+)$/.exec(environment ?? '') ?? [];
    return [
      {
        name: properties.stackName ?? artifactId,
        artifactId,
        dependencies,
        accountId: accountId === 'unknown-account' ? undefined : accountId,
        region: region === 'unknown-region' ? undefined : region,
        template: templateSchema.parse(readJson(join(folder, properties.templateFile))),
        assets,
      },
    ];
  });
  return [...nested, ...stacks];
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8')) as unknown;
