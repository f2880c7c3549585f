import { affectedDeployables } from './affected-deployables.ts';
import { readDeployableAssembly } from './deployable-assembly.ts';
import { assemblyFolder, runCdk } from './cdk-command.ts';
import { WAVES, type Deployable } from './deployables.ts';
import type { DeployRecord, DeployRecords } from './deploy-records.ts';
import { readFingerprint } from './fingerprint.ts';
import type { DeployParameterStore } from './parameter-store.ts';
import type { Programs } from './programs.ts';
import { currentCommit, isBehindUs } from './source-commit.ts';
import { stackProblem, type FindStackStatus } from './stack-status.ts';

export interface DeployChanged {
  readonly deployables: readonly Deployable[];
  readonly store: DeployParameterStore;
  readonly records: DeployRecords;
  readonly programs: Programs;
  readonly findStackStatus: FindStackStatus;
  /** Tells the reader, line by line. */
  readonly say: (line: string) => void;
}

/**
 * Deploys what differs from what was deployed, wave by wave; a wave that fails is the last one.
 *
 * Two questions decide. Has anything changed, as Nx sees it, since the commit that this very project was deployed
 * from? If so, it is synthesized: would a deploy make anything else than the last one? Only then is it deployed. Before a
 * project counts as deployed, CloudFormation is asked for its stacks: they can be deleted or rolled back by hand.
 */
export async function deployChanged(deploy: DeployChanged): Promise<void> {
  const { deployables, programs } = deploy;
  let hasDeployed = false;
  for (const wave of WAVES) {
    const projects = deployables.filter((each) => each.wave === wave);
    // What an earlier wave wrote to Parameter Store can be new, although nothing of this project's source is.
    const suspects = hasDeployed ? projects : await filter(projects, (each) => mayHaveChanged(each, deploy));
    if (suspects.length > 0) await runTarget('synth', suspects, programs);
    const changed = await filter(suspects, (each) => hasChanged(each, deploy));
    for (const { name } of projects.filter((each) => !changed.includes(each))) deploy.say(`${name}: as deployed`);
    if (changed.length === 0) continue;
    deploy.say(`${changed.map(({ name }) => name).join(', ')}: to be deployed`);
    await runTarget('deploy', changed, programs);
    hasDeployed = true;
  }
}

/** Prepares an account and region for CDK; harmless where that was done before. */
export async function bootstrap({ deployables, records, programs }: DeployChanged): Promise<void> {
  // Without credentials it says so, in one sentence.
  await records.projects();
  const [first] = deployables;
  if (first === undefined) return;
  await runTarget('synth', [first], programs);
  await runCdk({ programs, projectRoot: first.root }, 'bootstrap');
}

async function mayHaveChanged({ name }: Deployable, deploy: DeployChanged): Promise<boolean> {
  const { records, programs, findStackStatus } = deploy;
  const record = await records.find(name);
  const commit = commitOf(record);
  if (record?.state === 'deployed') {
    // Without the names the assembly has to tell them, so it is synthesized.
    if (record.stacks === undefined || (await stackProblem(record.stacks, findStackStatus)) !== undefined) return true;
  }
  if (commit === undefined || !(await isBehindUs(commit, programs))) return true;
  return (await affectedDeployables({ sinceCommit: commit }, programs)).includes(name);
}

async function hasChanged({ name, root }: Deployable, deploy: DeployChanged): Promise<boolean> {
  const { records, store, programs, findStackStatus, say } = deploy;
  const record = await records.find(name);
  if (record?.state !== 'deployed') return true;
  const assembly = readDeployableAssembly(assemblyFolder(root));
  const fingerprint = await readFingerprint(assembly, store);
  if (record.fingerprint !== fingerprint) return true;
  const problem = await stackProblem(assembly.stackNames, findStackStatus);
  if (problem !== undefined) {
    say(`${name}: ${problem}, so it is deployed again`);
    return true;
  }
  // From here on the question is what changed since now.
  const commit = await currentCommit(programs);
  const stacks = [...assembly.stackNames];
  if (commit !== undefined) await records.write(name, { state: 'deployed', commit, fingerprint, stacks });
  return false;
}

function commitOf(record: DeployRecord | undefined): string | undefined {
  return record?.state === 'deployed' ? record.commit : undefined;
}

async function runTarget(
  target: 'synth' | 'deploy',
  projects: readonly Deployable[],
  programs: Programs,
): Promise<void> {
  const names = projects.map(({ name }) => name).join(',');
  // Nx would keep to itself what succeeded: how far a deploy is, and the stacks' outputs.
  const visible = target === 'deploy' ? ['--output-style=stream'] : [];
  await programs.run(['nx', 'run-many', '-t', target, '-p', names, ...visible]);
}

/** One after the other: each question is put to Nx or AWS. */
async function filter<T>(items: readonly T[], holds: (item: T) => Promise<boolean>): Promise<T[]> {
  const kept: T[] = [];
  for (const item of items) if (await holds(item)) kept.push(item);
  return kept;
}
