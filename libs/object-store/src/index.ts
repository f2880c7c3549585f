export { backupPrefix, databasePrefix, newBackupId, type DatabaseFolder } from './backup-location.ts';
export type { BackupObject, BackupUpload } from './backup-upload.ts';
export { createObjectStore, type ObjectStore } from './object-store.ts';
export type { StoredObject } from './prepare-upload.ts';
export { decodeZstd } from './reading/decode-zstd.ts';
export type { FoundBackup } from './reading/find-backup.ts';
export type { Catalogue, ListedBackup } from './reading/list-backups.ts';
export type { ByteRange } from './reading/read-object.ts';
export { S3_CLIENT_DEFAULTS } from './s3-client-defaults.ts';
