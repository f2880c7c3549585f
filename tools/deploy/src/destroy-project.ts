import { runCdk } from './cdk-command.ts';
import type { DeployRecords } from './deploy-records.ts';
import { WAVES, type Deployable } from './deployables.ts';
import { NotReadyError } from './errors.ts';
import type { Programs } from './programs.ts';

export interface DestroyProject {
  readonly project: string;
  readonly projectRoot: string;
  readonly deployables: readonly Deployable[];
  readonly records: DeployRecords;
  readonly programs: Programs;
  /** Further arguments of `cdk destroy`. */
  readonly args: readonly string[];
}

/**
 * Deletes the stacks of one project, after CDK has asked. What they retain stays: the backups, and the key to them.
 *
 * @throws NotReadyError while something is deployed that needs it. CloudFormation does not know that: nothing is exported.
 */
export async function destroyProject(destroy: DestroyProject): Promise<void> {
  const { project, records } = destroy;
  const standing = await standingOn(destroy);
  if (standing.length > 0) {
    throw new NotReadyError(`${standing.join(' and ')} need ${project}: destroy them first.`);
  }
  await records.write(project, { state: 'destroying' });
  await runCdk(destroy, 'destroy', '--all', ...destroy.args);
  await records.forget(project);
}

async function standingOn({ project, deployables, records }: DestroyProject): Promise<string[]> {
  const wave = deployables.find(({ name }) => name === project)?.wave;
  const isLater = (other: Deployable): boolean => wave === undefined || WAVES.indexOf(other.wave) > WAVES.indexOf(wave);
  const deployed = await records.projects();
  return deployables.filter((other) => isLater(other) && deployed.includes(other.name)).map(({ name }) => name);
}
