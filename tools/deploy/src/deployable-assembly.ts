import { readAssembly, type Assembly } from '@serverless-ops/cloud-assembly';
import { z } from 'zod';
import { UnexpectedContentError } from './errors.ts';

/** A synthesized CDK app, as far as a deploy has to know it. */
export interface DeployableAssembly {
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
export function readDeployableAssembly(folder: string): DeployableAssembly {
  const { stacks, assetManifests } = read(folder);
  if (stacks.length === 0) throw new UnexpectedContentError(`No stack is in ${folder}.`);
  const templates = stacks.map(({ template, templateFile }) => parse(template, templateFile, templateSchema));
  const images = assetManifests.flatMap((manifest) => Object.keys(parse(manifest, folder, assetsSchema).dockerImages));
  return {
    folder,
    hasImages: images.length > 0,
    stackNames: stacks.map(({ name }) => name),
    makesCluster: templates.some(({ Resources }) =>
      Object.values(Resources).some(({ Type }) => Type.startsWith('AWS::ECS::Cluster')),
    ),
    parameterNames: [...new Set(templates.flatMap(parametersRead))].sort(),
  };
}

function read(folder: string): Assembly {
  try {
    return readAssembly(folder);
  } catch (cause) {
    throw new UnexpectedContentError(`${folder} is not what "cdk synth" writes.`, { cause });
  }
}

function parse<Schema extends z.ZodType>(json: unknown, from: string, schema: Schema): z.output<Schema> {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new UnexpectedContentError(`${from} is not what "cdk synth" writes.`, { cause: parsed.error });
}

function parametersRead({ Parameters }: z.output<typeof templateSchema>): string[] {
  return Object.values(Parameters)
    .filter(({ Type }) => Type.startsWith('AWS::SSM::Parameter::Value<'))
    .map(({ Default }) => String(Default));
}
