import type { BackupManifest } from '@serverless-ops/job-schemas';
import { RowChecksum, sumsOf } from '@serverless-ops/mysql-dump';

/** What the parts of a table contradict its row of the manifest in; undefined when they agree. */
export function partProblem({ rows, checksum, parts }: BackupManifest['tables'][number]): string | undefined {
  if (parts === undefined) return 'it has no parts';
  const counted = parts.reduce((sum, part) => sum + part.rows, 0);
  if (counted !== rows) return `its parts have ${counted} rows, and it has ${rows}`;
  if (checksum === undefined) return rows === 0 ? undefined : 'it has rows and no checksum';
  const sum = new RowChecksum();
  for (const part of parts) if (part.checksum !== undefined) sum.add({ ...sumsOf(part.checksum), rows: part.rows });
  return sum.value === checksum ? undefined : 'the checksums of its parts do not add up to its checksum';
}
