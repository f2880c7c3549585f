import { JobError, type BackupManifest } from '@serverless-ops/job-schemas';
import { CorruptObjectError } from './corrupt-object-error.ts';
import type { FoundBackup, VerifyOptions } from './find-backup.ts';

/** One is read from S3 while the other is decoded. */
const OBJECTS_AT_ONCE = 2;

/** What a whole backup was found to be. */
export interface VerifiedBackup {
  /** Every problem, one sentence each. Empty: the backup is as it was written, and can be decoded to its last byte. */
  readonly problems: readonly string[];
  readonly objects: number;
  /** As stored. */
  readonly storedBytes: number;
  /** Of SQL, before compression. */
  readonly bytes: number;
}

/**
 * Reads every object of a backup to its end: presence, size, SHA-256, zstd, the parts of tables, and unknown objects. It
 * goes on after a problem, so that it names all of them.
 * @throws JobError when S3 cannot be read; the reason of the signal
 */
export async function verifyBackup(backup: FoundBackup, options: VerifyOptions = {}): Promise<VerifiedBackup> {
  const problems = [...backup.folderProblems, ...rowProblems(backup.manifest)];
  const stored = new Map(backup.objects.map((object) => [object.key, object.bytes]));
  // A missing object, or one of another size, has its problem already.
  const rest = backup.manifest.objects
    .filter(({ key, stored_bytes }) => stored.get(`${backup.prefix}/${key}`) === stored_bytes)
    .values();
  let storedBytes = 0;
  let bytes = 0;
  let objects = 0;
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, ...(options.signal ? [options.signal] : [])]);
  const lane = async (): Promise<void> => {
    for (const { key, stored_bytes } of rest) {
      if (signal.aborted) return;
      try {
        const decoded = await backup.decodeObject(key, { ...options, signal });
        bytes += decoded.bytes;
        objects += 1;
        storedBytes += stored_bytes;
      } catch (error) {
        if (error instanceof CorruptObjectError) problems.push(error.problem);
        else if (error instanceof JobError && error.code === 'BackupCorrupt') problems.push(error.message);
        else stop.abort(error);
      }
    }
  };
  await Promise.all(Array.from({ length: OBJECTS_AT_ONCE }, lane));
  signal.throwIfAborted();
  return { problems, objects, storedBytes, bytes };
}

/** A table whose parts have not the rows that the table has. */
function rowProblems({ tables }: BackupManifest): string[] {
  return tables.flatMap(({ name, rows, parts }) => {
    const inParts = parts?.reduce((sum, part) => sum + part.rows, 0);
    if (inParts === undefined || inParts === rows) return [];
    return [`The table ${name} has ${rows} rows in the manifest, and its parts have ${inParts}`];
  });
}
