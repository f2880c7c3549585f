import { join } from 'node:path';
import { z } from 'zod';

const destinations = <Shape extends z.ZodRawShape>(shape: Shape) => z.record(z.string(), z.looseObject(shape));

export const assetManifestSchema = z.looseObject({
  files: z
    .record(
      z.string(),
      z.looseObject({
        source: z.looseObject({ path: z.string().optional() }),
        destinations: destinations({ objectKey: z.string() }),
      }),
    )
    .default({}),
  dockerImages: z
    .record(
      z.string(),
      z.looseObject({
        source: z.looseObject({ directory: z.string().optional(), dockerFile: z.string().optional() }),
        destinations: destinations({ imageTag: z.string() }),
      }),
    )
    .default({}),
});

type AssetManifest = z.output<typeof assetManifestSchema>;

/** Where the assets of an assembly lie on this machine, by the names under which a deploy would upload them. */
export class AssemblyAssets {
  readonly #folder: string;
  readonly #manifests: AssetManifest[];

  constructor(folder: string, manifests: AssetManifest[]) {
    this.#folder = folder;
    this.#manifests = manifests;
  }

  /** Path of the file or folder that would be uploaded under an S3 key. */
  findFile(objectKey: string): string | undefined {
    const files = this.#manifests.flatMap((manifest) => Object.values(manifest.files));
    const file = files.find((each) => Object.values(each.destinations).some((to) => to.objectKey === objectKey));
    return file?.source.path === undefined ? undefined : join(this.#folder, file.source.path);
  }

  /** Build context and Dockerfile of an image, by its URI: the tag is the hash of the context, and so unique. */
  findImage(imageUri: string): { directory: string; dockerfile: string } | undefined {
    const tag = imageUri.split(':').at(-1);
    const images = this.#manifests.flatMap((manifest) => Object.values(manifest.dockerImages));
    const image = images.find((each) => Object.values(each.destinations).some((to) => to.imageTag === tag));
    if (image?.source.directory === undefined) return undefined;
    return {
      directory: join(this.#folder, image.source.directory),
      dockerfile: image.source.dockerFile ?? 'Dockerfile',
    };
  }
}
