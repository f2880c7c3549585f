import { existsSync, globSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readAssembly } from '@serverless-ops/cloud-assembly';
import { toTemplate, type Template } from './template.ts';

export const WORKSPACE_ROOT = join(import.meta.dirname, '../../../..');

/** A stack as `synth` left it: what is deployed, and so what is checked. */
export interface SynthesizedStack {
  /** Folder of the app in `apps`: `mysql-worker`. */
  readonly app: string;
  readonly name: string;
  readonly assemblyFolder: string;
  readonly templateFile: string;
  readonly template: Template;
  /** Other artifacts that the manifest wants deployed before this one. */
  readonly dependencies: readonly string[];
}

/** Whatever has a `cdk.json` is deployed, so a new app is checked without being named here. */
export function deployedApps(): string[] {
  return globSync('apps/*/cdk.json', { cwd: WORKSPACE_ROOT })
    .map((file) => basename(dirname(file)))
    .sort();
}

/** Every stack of every app. */
export function synthesizedStacks(): SynthesizedStack[] {
  return deployedApps().flatMap(stacksOf);
}

function stacksOf(app: string): SynthesizedStack[] {
  const assemblyFolder = join(WORKSPACE_ROOT, 'dist/apps', app, 'cdk.out');
  if (!existsSync(join(assemblyFolder, 'manifest.json'))) {
    throw new Error(`${app} is not synthesized. Run: nx synth ${app}`);
  }
  const stacks = readAssembly(assemblyFolder).stacks.map(
    ({ artifactId: name, template, templateFile, dependencies }) => ({
      ...{ app, name, assemblyFolder, templateFile, dependencies },
      template: toTemplate(template),
    }),
  );
  if (stacks.length === 0) throw new Error(`${assemblyFolder} holds no stack, so nothing of ${app} would be checked.`);
  return stacks;
}
