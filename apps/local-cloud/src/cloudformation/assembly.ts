import { readAssembly, type Assembly } from '@serverless-ops/cloud-assembly';
import { AssemblyAssets, assetManifestSchema } from './assembly-assets.ts';
import { type Template, templateSchema } from './template.ts';

/** One stack of a synthesized assembly, before anything of it was resolved. */
export interface AssembledStack {
  name: string;
  /** Unique in its assembly, and what the dependencies of other stacks name. */
  artifactId: string;
  dependencies: readonly string[];
  /** Undefined where the stack was synthesized for any account or region. */
  accountId: string | undefined;
  region: string | undefined;
  template: Template;
  assets: AssemblyAssets;
}

/** Reads the stacks of a `cdk.out` folder, those of nested assemblies first. Throws what is wrong with the folder. */
export function readAssembledStacks(directory: string): AssembledStack[] {
  return stacksOf(readAssembly(directory));
}

function stacksOf({ folder, stacks, assetManifests, nested }: Assembly): AssembledStack[] {
  const assets = new AssemblyAssets(
    folder,
    assetManifests.map((manifest) => assetManifestSchema.parse(manifest)),
  );
  const own = stacks.map(({ templateFile: _, template, ...stack }) => ({
    ...stack,
    template: templateSchema.parse(template),
    assets,
  }));
  return [...nested.flatMap(stacksOf), ...own];
}
