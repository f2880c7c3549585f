import type { DatabaseServer } from '@serverless-ops/test-servers';
import type { BackupToRestore } from '../backup/backup-to-restore.ts';
import { restoreDatabase, type RestoreDatabaseOptions, type RestoreReport } from '../restore-database.ts';

/** Restores with all rights. */
export async function restoreAsRoot(
  { host, port, rootPassword }: Pick<DatabaseServer, 'host' | 'port' | 'rootPassword'>,
  database: string,
  backup: BackupToRestore,
  options: Partial<RestoreDatabaseOptions> = {},
): Promise<RestoreReport> {
  return restoreDatabase({
    ...{ backup, database, jobId: 'job-1', signal: new AbortController().signal },
    connection: { host, port, user: 'root', password: rootPassword, tls: { mode: 'loopback' } },
    ...options,
  });
}
