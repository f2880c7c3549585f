export type { BackupToRestore, ByteRange } from './backup/backup-to-restore.ts';
export {
  restoreDatabase,
  type RestoreDatabaseOptions,
  type RestoreReport,
  type RestoreStart,
} from './restore-database.ts';
export type { RestoreProgress } from './restore-run.ts';
