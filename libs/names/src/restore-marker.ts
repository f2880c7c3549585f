/** Table in a database that is being restored: it is there until the restore was compared with its backup. */
export const RESTORE_MARKER_TABLE = 'serverlessops_restore_in_work';
