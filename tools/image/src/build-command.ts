import type { BuildEngine } from './build-engine.ts';

/** What to build, and as what. */
export interface ImageBuild {
  readonly engine: BuildEngine;
  /** The build context, with its Dockerfile. */
  readonly folder: string;
  /** Such as `serverless-ops/mysql-worker`. */
  readonly name: string;
  /** Of the source: becomes the tag, and a label. */
  readonly revision: string;
  /** More options of the engine's own, such as `--build-arg BASE_IMAGE=...`; they win over ours. */
  readonly options: readonly string[];
}

/** The command that builds an image. */
export function buildCommand({ engine, folder, name, revision, options }: ImageBuild): [string, ...string[]] {
  const label = `org.opencontainers.image.revision=${revision}`;
  return [...engine.buildCommand, '--tag', `${name}:${revision}`, '--label', label, ...options, folder];
}
