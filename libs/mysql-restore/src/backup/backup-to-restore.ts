import type { BackupManifest } from '@serverless-ops/job-schemas';

/** Bytes of an object. */
export interface ByteRange {
  /** Bytes of the object before the range. */
  readonly offset: number;
  readonly bytes: number;
}

/** A backup that was found, as `findBackup` of the object store gives it. */
export interface BackupToRestore {
  readonly manifest: BackupManifest;
  /** Compares size and SHA-256 of an object with the manifest. Throws a JobError when they differ. */
  verifyObject(
    key: string,
    options?: { readonly signal?: AbortSignal; readonly onBytes?: (bytes: number) => void },
  ): Promise<void>;
  /** Reads an object, or a range of it, of the very object that `verifyObject` verifies. */
  read(key: string, options?: { readonly range?: ByteRange; readonly signal?: AbortSignal }): AsyncIterable<Uint8Array>;
}
