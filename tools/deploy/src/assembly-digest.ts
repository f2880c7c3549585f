import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Where each construct stands in the source, with the paths of this machine. It never leaves it. */
const STAYS_HERE = '.metadata.json';

/** The SHA-256 of every file of an assembly that is deployed, by its path in the assembly. */
export function assemblyDigests(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith(STAYS_HERE))
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
  return new Map(files.map((file) => [relative(folder, file), sha256(readFileSync(file))]));
}

/** One digest over a whole assembly: equal wherever, whenever and by whomever the same source was synthesized. */
export function assemblyDigest(folder: string): string {
  return sha256(JSON.stringify([...assemblyDigests(folder)]));
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
