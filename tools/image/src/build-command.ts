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
  /** What to build on. Absent: what the Dockerfile says. */
  readonly baseImage?: string | undefined;
  /** Text that has the image's packages fetched anew when it changes. Absent: what the Dockerfile says. */
  readonly imageRevision?: string | undefined;
  /** More options of the engine's own, such as `--build-arg BASE_IMAGE=...`; they win over ours. */
  readonly options: readonly string[];
}

/** The command that builds an image. */
export function buildCommand(build: ImageBuild): [string, ...string[]] {
  const { engine, folder, name, revision, baseImage, imageRevision, options } = build;
  const label = `org.opencontainers.image.revision=${revision}`;
  const base = baseImage === undefined ? [] : ['--build-arg', `BASE_IMAGE=${baseImage}`];
  const packages = imageRevision === undefined ? [] : ['--build-arg', `IMAGE_REVISION=${imageRevision}`];
  return [
    ...engine.buildCommand,
    '--tag',
    `${name}:${revision}`,
    '--label',
    label,
    ...base,
    ...packages,
    ...options,
    folder,
  ];
}
