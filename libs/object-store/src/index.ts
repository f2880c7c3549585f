export { backupPrefix, newBackupId } from './backup-location.ts';
export { createObjectStore, type ObjectStore } from './object-store.ts';
export { S3_CLIENT_DEFAULTS } from './s3-client-defaults.ts';
export { type StoredObject, type UploadStreamOptions } from './upload-stream.ts';
