import { existsSync, globSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readAssembly } from '@serverless-ops/cloud-assembly';

export const WORKSPACE_ROOT = join(import.meta.dirname, '../../../..');

/** A resource of a synthesized template. */
export interface SynthesizedResource {
  readonly app: string;
  readonly id: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/**
 * Every resource of a type in the templates of all apps.
 *
 * @throws Error when an app was not synthesized, or none has such a resource.
 */
export function synthesizedResources(type: string): SynthesizedResource[] {
  const apps = globSync('apps/*/cdk.json', { cwd: WORKSPACE_ROOT }).map((file) => basename(dirname(file)));
  const found = apps.flatMap((app) => {
    const folder = join(WORKSPACE_ROOT, 'dist/apps', app, 'cdk.out');
    if (!existsSync(folder)) throw new Error(`${app} is not synthesized: npx nx synth ${app}`);
    return readAssembly(folder).stacks.flatMap(({ template }) => resourcesOf(app, template));
  });
  const ofType = found.filter((resource) => resource.type === type);
  if (ofType.length === 0) throw new Error(`No synthesized template has an ${type}.`);
  return ofType;
}

function resourcesOf(app: string, template: unknown): SynthesizedResource[] {
  const { Resources } = template as {
    Resources: Record<string, { Type: string; Properties?: Record<string, unknown> }>;
  };
  return Object.entries(Resources).map(([id, { Type: type, Properties: properties = {} }]) => ({
    app,
    id,
    type,
    properties,
  }));
}

/** What CloudFormation makes of a text with references in it; the partition is `aws`, every other one `reference`. */
export function resolvedText(value: unknown, reference: string): string {
  if (typeof value === 'string') return value;
  if ((value as { Ref?: string } | null)?.Ref === 'AWS::Partition') return 'aws';
  const [separator = '', parts] = (value as Readonly<Record<string, [string?, unknown?]>> | null)?.['Fn::Join'] ?? [];
  if (!Array.isArray(parts)) return reference;
  return parts.map((part) => resolvedText(part, reference)).join(separator);
}
