import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ImageConfig, parseDockerfile } from './dockerfile.ts';

/** An image of the assembly: its build context stands for its file system, the working directory being the context. */
export interface ContainerImage extends ImageConfig {
  /** Folder on this machine. */
  directory: string;
}

/** Reads the image that a build context and its Dockerfile describe. Throws when there is no such file. */
export function readContainerImage(directory: string, dockerfile = 'Dockerfile'): ContainerImage {
  return { directory, ...parseDockerfile(readFileSync(join(directory, dockerfile), 'utf8')) };
}

/**
 * A word of a container's command line as it has to stand on this machine: `node` is this Node, and a file below
 * the image's working directory is the one in its build context.
 */
export function hostArgument(image: ContainerImage, word: string, isProgram: boolean): string {
  if (isProgram && word === 'node') return process.execPath;
  const prefix = image.workingDirectory.replace(/\/?$/, '/');
  if (!word.startsWith(prefix) || prefix === '/') return word;
  const onHost = join(image.directory, word.slice(prefix.length));
  return existsSync(onHost) ? onHost : word;
}
