import type { BackupManifest, JobOptions } from '@serverless-ops/job-schemas';
import type { DatabaseConnection } from '@serverless-ops/mysql-connect';
import type { BackupUpload } from '@serverless-ops/object-store';
import type { JobContext } from '../job-context.ts';

/** A backup that is about to be taken. */
export interface DumpOrder {
  readonly options: JobOptions<'db_backup'>;
  readonly connection: DatabaseConnection;
  readonly upload: BackupUpload;
}

/** What an engine has sent into the backup's folder: the part of the manifest that only the engine knows. */
export type SentDump = Pick<
  BackupManifest,
  'consistency' | 'server' | 'tools' | 'incomplete' | 'longest_statement_bytes' | 'restore' | 'objects' | 'tables'
>;

/**
 * Dumps a database into objects of the backup's folder. Nothing touches the disk. A dump that does not end well throws.
 * @throws JobError
 */
export type DumpEngine = (order: DumpOrder, context: JobContext) => Promise<SentDump>;
