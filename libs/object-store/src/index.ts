export { backupPrefix, newBackupId } from './backup-location.ts';
export type { BackupObject, BackupUpload } from './backup-upload.ts';
export { createObjectStore, type ObjectStore } from './object-store.ts';
export type { StoredObject } from './prepare-upload.ts';
export { S3_CLIENT_DEFAULTS } from './s3-client-defaults.ts';
