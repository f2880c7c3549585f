import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/**
 * What the CDK CLI deploys: stacks with their tags, templates, and assets. The other files of an assembly hold paths
 * and times of this machine, and stay on it.
 */
const DEPLOYED = /^(manifest\.json|[^/]+\.template\.json|[^/]+\.assets\.json|asset\..+)$/;

/** The SHA-256 of every file of an assembly that is deployed, by its path in the assembly. */
export function assemblyDigests(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)))
    .filter((file) => DEPLOYED.test(file))
    .sort();
  return new Map(files.map((file) => [file, sha256(readFileSync(join(folder, file)))]));
}

/** One digest over a whole assembly: equal wherever, whenever and by whomever the same source was synthesized. */
export function assemblyDigest(folder: string): string {
  return sha256(JSON.stringify([...assemblyDigests(folder)]));
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
