export type { BackupToRestore, ByteRange } from './backup/backup-to-restore.ts';
export { drillBackup, type DrillBackupOptions } from './drill-backup.ts';
export {
  restoreDatabase,
  type RestoreDatabaseOptions,
  type RestoreReport,
  type RestoreStart,
} from './restore-database.ts';
export type { RestoreProgress } from './restore-run.ts';
