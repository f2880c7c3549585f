import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../exceptions/finding.ts';
import { secretTexts } from './secret-texts.ts';

/**
 * Secrets in any file of an assembly: templates, and the assets that are uploaded with them — bundles, scripts, what an
 * image is built from.
 *
 * @returns also how many files there were, since a scan of nothing finds nothing
 */
export function secretFiles(app: string, assemblyFolder: string): { findings: Finding[]; fileCount: number } {
  const files = readdirSync(assemblyFolder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const findings = files.flatMap(({ name, parentPath }) => {
    // Names of asset folders are digests, so the file's own name has to do.
    const where = `${app}/${name}`;
    return secretTexts(readFileSync(join(parentPath, name), 'latin1')).map((secret) => ({
      where,
      what: `holds what looks like ${secret}`,
    }));
  });
  return { findings, fileCount: files.length };
}
