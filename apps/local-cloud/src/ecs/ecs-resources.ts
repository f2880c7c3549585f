import { z } from 'zod';
import type { AssemblyAssets } from '../cloudformation/assembly-assets.ts';
import type { ResourceHandlers } from '../cloudformation/resource-handler.ts';
import { asNumber, parseProperties } from '../cloudformation/resource-properties.ts';
import type { Json } from '../endpoint/service.ts';
import type { Clusters } from './clusters.ts';
import { type ContainerImage, readContainerImage } from './container-image.ts';
import { taskDefinitionSchema } from './task-definition.ts';
import type { TaskDefinitions } from './task-definitions.ts';

const clusterSchema = z.looseObject({
  ClusterName: z.string().optional(),
  CapacityProviders: z.array(z.string()).default([]),
  DefaultCapacityProviderStrategy: z
    .array(
      z.looseObject({
        CapacityProvider: z.string(),
        Weight: z.preprocess(asNumber, z.int()).default(0),
        Base: z.preprocess(asNumber, z.int()).default(0),
      }),
    )
    .default([]),
});

/** Templates may leave out what the API always has, and write numbers as text. */
const templateTaskDefinitionSchema = z.looseObject({
  Family: z.string().optional(),
  ContainerDefinitions: z.array(
    z.looseObject({ Image: z.string(), StopTimeout: z.preprocess(asNumber, z.int()).optional() }),
  ),
});

export interface EcsResourcesOptions {
  clusters: Clusters;
  definitions: TaskDefinitions;
  /** Images of the containers that templates define, by URI. */
  images: Map<string, ContainerImage>;
}

/** Clusters and task definitions of templates, and the images that the latter name. */
export const ecsResources = ({ clusters, definitions, images }: EcsResourcesOptions): ResourceHandlers => ({
  'AWS::ECS::Cluster': ({ properties, generatedName }) => {
    const cluster = parseProperties(clusterSchema, properties);
    const { name, clusterArn } = clusters.create(
      cluster.ClusterName ?? generatedName,
      cluster.CapacityProviders,
      cluster.DefaultCapacityProviderStrategy.map(({ CapacityProvider, Weight, Base }) => ({
        capacityProvider: CapacityProvider,
        weight: Weight,
        base: Base,
      })),
    );
    return { ref: name, attributes: { Arn: clusterArn } };
  },
  'AWS::ECS::TaskDefinition': ({ properties, generatedName, assets }) => {
    const template = parseProperties(templateTaskDefinitionSchema, properties);
    for (const { Image } of template.ContainerDefinitions) addImage(images, assets, Image);
    const raw = withCamelCaseKeys({ Family: generatedName, ...template } as Json);
    const parsed = taskDefinitionSchema.safeParse(raw);
    if (!parsed.success) throw new Error(z.prettifyError(parsed.error));
    const { taskDefinitionArn } = definitions.register(parsed.data);
    return { ref: taskDefinitionArn, attributes: { TaskDefinitionArn: taskDefinitionArn } };
  },
});

/** An image that is no asset is known when a task of it starts: ECS, too, looks for it then. */
function addImage(images: Map<string, ContainerImage>, assets: AssemblyAssets, uri: string): void {
  const asset = assets.findImage(uri);
  if (asset) images.set(uri, readContainerImage(asset.directory, asset.dockerfile));
}

/** Keys below these are the user's own. */
const MAPS = ['Options', 'DockerLabels', 'DriverOpts', 'Labels'];

/** CloudFormation writes ECS's properties with a capital, the API without. */
function withCamelCaseKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(withCamelCaseKeys);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key.charAt(0).toLowerCase() + key.slice(1),
      MAPS.includes(key) ? item : withCamelCaseKeys(item),
    ]),
  );
}
