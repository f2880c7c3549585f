import { JobError } from '@serverless-ops/job-schemas';
import type { ServerDescription } from '@serverless-ops/mysql-connect';

/** Whose server it is, by what it says of its version: `10.11.19-MariaDB`, `9.7.4`. */
export function serverFlavor(version: string): 'mariadb' | 'mysql' {
  return version.includes('MariaDB') ? 'mariadb' : 'mysql';
}

/**
 * MariaDB's tool writes the values of generated columns into a dump, and MySQL refuses them at the restore (error
 * 3105): such a backup would be found useless on the day it is needed. It does the like to what only MySQL has.
 * @throws JobError DumpFailed; `tool` is what the dump says of itself, undefined before its first line was read
 */
export function assertDumpToolFits(
  tool: string | undefined,
  server: ServerDescription,
  onlyForMysqldump: readonly string[] = [],
): void {
  if (!tool?.startsWith('MariaDB') || serverFlavor(server.version) === 'mariadb') return;
  const lost = [...(server.hasGeneratedColumns ? ['generated columns'] : []), ...onlyForMysqldump];
  if (lost.length === 0) return;
  throw new JobError(
    'DumpFailed',
    `The database has ${lost.join(' and ')} and the server is MySQL ${server.version}, but the dump was made by ${tool}, ` +
      'whose dumps of these MySQL cannot restore. Put the mysqldump of MySQL into the image, or use engine: parallel.',
  );
}
