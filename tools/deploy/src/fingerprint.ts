import { createHash } from 'node:crypto';
import type { DeployableAssembly } from './deployable-assembly.ts';
import { assemblyDigest } from './assembly-digest.ts';
import { NotReadyError } from './errors.ts';
import type { DeployParameterStore } from './parameter-store.ts';

/** Written by "cdk bootstrap", and read by every template. */
const BOOTSTRAP_VERSION = /^\/cdk-bootstrap\/[^/]+\/version$/;

/**
 * A digest of everything that decides what a deploy makes: the assembly, and the values in Parameter Store that its
 * templates read. Two deploys with one fingerprint make the same.
 *
 * @throws NotReadyError when a value is missing, because what writes it was not deployed.
 */
export async function readFingerprint(assembly: DeployableAssembly, store: DeployParameterStore): Promise<string> {
  const values: [string, string][] = [];
  for (const name of assembly.parameterNames) {
    const value = await store.find(name);
    if (value === undefined) throw new NotReadyError(describeMissing(name));
    values.push([name, value]);
  }
  return createHash('sha256')
    .update(JSON.stringify([assemblyDigest(assembly.folder), values]))
    .digest('hex');
}

function describeMissing(name: string): string {
  return BOOTSTRAP_VERSION.test(name)
    ? 'This account and region are not bootstrapped for CDK: run "npm run deploy -- --bootstrap" once.'
    : `Parameter Store has no ${name}, which the foundation writes: run "npx nx run infra:deploy" first.`;
}
