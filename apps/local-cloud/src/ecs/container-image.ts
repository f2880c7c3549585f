import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ENVIRONMENT } from '@serverless-ops/names';
import { type ImageConfig, parseDockerfile } from './dockerfile.ts';

/** An image of the assembly: its build context stands for its file system, the working directory being the context. */
export interface ContainerImage extends ImageConfig {
  /** Folder on this machine. */
  directory: string;
}

/**
 * Reads the image that a build context and its Dockerfile describe. Throws when there is no such file. Users that the
 * image makes are not on this machine, so its scripts run as the user of the local cloud.
 */
export function readContainerImage(directory: string, dockerfile = 'Dockerfile'): ContainerImage {
  const { environment, ...config } = parseDockerfile(readFileSync(join(directory, dockerfile), 'utf8'));
  const { [ENVIRONMENT.scriptUser]: _user, ...others } = environment;
  return { directory, ...config, environment: others };
}

/**
 * A word of a container's command line as this machine needs it: `node` is this Node, and a file below
 * the image's working directory is the one in its build context.
 */
export function hostArgument(image: ContainerImage, word: string, isProgram: boolean): string {
  if (isProgram && word === 'node') return process.execPath;
  const prefix = image.workingDirectory.replace(/\/?$/, '/');
  if (!word.startsWith(prefix) || prefix === '/') return word;
  const onHost = join(image.directory, word.slice(prefix.length));
  return existsSync(onHost) ? onHost : word;
}
