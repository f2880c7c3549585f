import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { UnexpectedContentError } from './errors.ts';

/** A synthesized CDK app, as far as a deploy has to know it. */
export interface Assembly {
  readonly folder: string;
  /** Whether a container image has to be built for it. */
  readonly hasImages: boolean;
  /** Names of its stacks. */
  readonly stackNames: readonly string[];
  /** Whether it makes an ECS cluster, or gives one capacity providers. */
  readonly makesCluster: boolean;
  /** Names in Parameter Store that CloudFormation reads when it deploys. */
  readonly parameterNames: readonly string[];
}

const manifestSchema = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      properties: z
        .object({ templateFile: z.string().optional(), file: z.string().optional(), stackName: z.string().optional() })
        .optional(),
    }),
  ),
});
const assetsSchema = z.object({ dockerImages: z.record(z.string(), z.unknown()).default({}) });
const templateSchema = z.object({
  Resources: z.record(z.string(), z.object({ Type: z.string() })).default({}),
  Parameters: z.record(z.string(), z.object({ Type: z.string(), Default: z.unknown() })).default({}),
});

/**
 * Reads the assembly that `cdk synth` left in a folder.
 *
 * @throws UnexpectedContentError when there is none, or none with a stack.
 */
export function readAssembly(folder: string): Assembly {
  const byId = read('manifest.json', manifestSchema).artifacts;
  const artifacts = Object.values(byId);
  const files = (type: string, key: 'templateFile' | 'file'): string[] =>
    artifacts.flatMap((artifact) => (artifact.type === type ? (artifact.properties?.[key] ?? []) : []));
  const templates = files('aws:cloudformation:stack', 'templateFile').map((file) => read(file, templateSchema));
  if (templates.length === 0) throw new UnexpectedContentError(`No stack is in ${folder}.`);
  const images = files('cdk:asset-manifest', 'file').flatMap((file) =>
    Object.keys(read(file, assetsSchema).dockerImages),
  );
  return {
    folder,
    hasImages: images.length > 0,
    // An artifact of a stack without a name of its own has the stack's name as its id.
    stackNames: Object.entries(byId).flatMap(([id, { type, properties }]) =>
      type === 'aws:cloudformation:stack' ? [properties?.stackName ?? id] : [],
    ),
    makesCluster: templates.some(({ Resources }) =>
      Object.values(Resources).some(({ Type }) => Type.startsWith('AWS::ECS::Cluster')),
    ),
    parameterNames: [...new Set(templates.flatMap(parametersRead))].sort(),
  };

  function read<Schema extends z.ZodType>(file: string, schema: Schema): z.output<Schema> {
    try {
      return schema.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
    } catch (cause) {
      throw new UnexpectedContentError(`${join(folder, file)} is not what "cdk synth" writes.`, { cause });
    }
  }
}

function parametersRead({ Parameters }: z.output<typeof templateSchema>): string[] {
  return Object.values(Parameters)
    .filter(({ Type }) => Type.startsWith('AWS::SSM::Parameter::Value<'))
    .map(({ Default }) => String(Default));
}
