import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
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

interface Artifact {
  readonly type: string;
  readonly properties: { readonly templateFile: string };
  readonly dependencies?: readonly string[];
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
  const manifestFile = join(assemblyFolder, 'manifest.json');
  if (!existsSync(manifestFile)) throw new Error(`${app} is not synthesized. Run: nx synth ${app}`);
  const { artifacts } = readJson(manifestFile) as { artifacts: Readonly<Record<string, Artifact>> };
  const stacks = Object.entries(artifacts)
    .filter(([, { type }]) => type === 'aws:cloudformation:stack')
    .map(([name, { properties, dependencies = [] }]) => {
      const templateFile = join(assemblyFolder, properties.templateFile);
      return { app, name, assemblyFolder, templateFile, template: toTemplate(readJson(templateFile)), dependencies };
    });
  if (stacks.length === 0) throw new Error(`${manifestFile} holds no stack, so nothing of ${app} would be checked.`);
  return stacks;
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
