import type { DeployableAssembly } from './deployable-assembly.ts';
import { runCdk } from './cdk-command.ts';
import type { DeployRecords } from './deploy-records.ts';
import { NotReadyError } from './errors.ts';
import { readFingerprint } from './fingerprint.ts';
import type { EnsureEcsServiceRole } from './ecs-service-role.ts';
import { makeReadable } from './make-readable.ts';
import type { DeployParameterStore } from './parameter-store.ts';
import type { Programs } from './programs.ts';
import { currentCommit } from './source-commit.ts';

export interface DeployProject {
  readonly project: string;
  readonly projectRoot: string;
  readonly assembly: DeployableAssembly;
  readonly store: DeployParameterStore;
  readonly records: DeployRecords;
  readonly programs: Programs;
  readonly ensureEcsServiceRole: EnsureEcsServiceRole;
  /** The program that builds images, as CDK calls it. */
  readonly docker: string;
  /** Further arguments of `cdk deploy`. */
  readonly args: readonly string[];
}

/**
 * Deploys one project, whether or not anything changed, and records it. From its beginning until it has succeeded the
 * record names no state that could be taken for deployed, so what broke off is always done again.
 *
 * @throws NotReadyError before anything is touched, when something is missing.
 */
export async function deployProject(deploy: DeployProject): Promise<void> {
  const { project, assembly, store, records, programs } = deploy;
  const fingerprint = await readFingerprint(assembly, store);
  if (assembly.hasImages) await requireDocker(deploy);
  if (assembly.makesCluster) await deploy.ensureEcsServiceRole();
  const commit = await currentCommit(programs);
  makeReadable(assembly.folder);
  await records.write(project, { state: 'deploying' });
  await runCdk(deploy, 'deploy', '--all', '--require-approval', 'never', ...deploy.args);
  const stacks = [...assembly.stackNames];
  await records.write(project, { state: 'deployed', ...(commit !== undefined && { commit }), fingerprint, stacks });
}

async function requireDocker({ project, docker, programs }: DeployProject): Promise<void> {
  if ((await programs.tryRead([docker, 'version'])) !== undefined) return;
  throw new NotReadyError(
    `${project} has a container image to build, and "${docker}" does not answer: start Docker, or set CDK_DOCKER to podman or finch.`,
  );
}
