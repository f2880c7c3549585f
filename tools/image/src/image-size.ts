import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import type { ContainerHost } from './container-host.ts';

/** One layer, in bytes. */
export interface LayerSize {
  /** As the registry has it and a task pulls it. */
  readonly compressedBytes: number;
  readonly bytes: number;
  /** The instruction of the Dockerfile that made it. */
  readonly madeBy: string;
}

interface Described {
  digest: string;
  size: number;
}
interface Manifest {
  config: Described;
  layers: Described[];
}
interface Config {
  history: { created_by?: string; empty_layer?: boolean }[];
}

/** Measures an image as a registry would hold it; lowest layer first. */
export async function measureLayers(host: ContainerHost, image: string): Promise<LayerSize[]> {
  const registry = join(host.folder, 'pushed');
  await host.buildah('push', '--quiet', '--format=oci', image, `oci:${registry}`);
  const blob = ({ digest }: Described): string => join(registry, 'blobs', digest.replace(':', '/'));
  const index = await readJson<{ manifests: [Described] }>(join(registry, 'index.json'));
  const manifest = await readJson<Manifest>(blob(index.manifests[0]));
  const { history } = await readJson<Config>(blob(manifest.config));
  const makers = history.filter((step) => step.empty_layer !== true);
  return Promise.all(
    manifest.layers.map(async (layer, at) => ({
      compressedBytes: layer.size,
      bytes: await unpackedBytes(blob(layer)),
      madeBy: instruction(makers[at]?.created_by ?? 'unknown'),
    })),
  );
}

/** As buildah notes it, `/bin/sh -c #(nop) COPY dir:<digest> in / `, without what says nothing to a reader. */
const instruction = (createdBy: string): string =>
  createdBy
    .replace('/bin/sh -c #(nop) ', '')
    .replaceAll(/:[0-9a-f]{64}/g, '')
    .trim();

async function unpackedBytes(file: string): Promise<number> {
  let bytes = 0;
  for await (const chunk of createReadStream(file).pipe(createGunzip())) bytes += (chunk as Buffer).length;
  return bytes;
}

async function readJson<T>(file: string): Promise<T> {
  return JSON.parse(await readFile(file, 'utf8')) as T;
}
