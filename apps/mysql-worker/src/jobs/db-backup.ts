import {
  listedIncomplete,
  MANIFEST_VERSION,
  type BackupManifest,
  type JobOptions,
  type JobResult,
} from '@serverless-ops/job-schemas';
import { backupPrefix, newBackupId } from '@serverless-ops/object-store';
import type { DumpEngine } from '../dump/dump-engine.ts';
import { dumpInParallel } from '../dump/parallel-engine.ts';
import { dumpByScript } from '../dump/script-engine.ts';
import type { DatabaseWithStorage } from '../databases.ts';
import type { JobContext } from '../job-context.ts';
import type { JobMeans } from '../job-means.ts';
import { dryRunBackup } from './dry-run-backup.ts';

const ENGINES: Readonly<Record<JobOptions<'db_backup'>['engine'], DumpEngine>> = {
  parallel: dumpInParallel,
  script: dumpByScript,
};

interface DbBackup extends DatabaseWithStorage {
  readonly options: JobOptions<'db_backup'>;
  readonly assertStillWanted: JobMeans['assertStillWanted'];
}

/** Backs a database up, or only walks through the steps if its settings say so. */
export async function performDbBackup(
  options: JobOptions<'db_backup'>,
  { databases, given, assertStillWanted }: JobMeans,
  context: JobContext,
): Promise<JobResult<'db_backup'>> {
  const found = await databases.findWithStorage(options);
  if (found === 'dry run') return dryRunBackup(options, given, context);
  return dbBackup({ options, ...found, assertStillWanted }, context);
}

/**
 * Dumps one database, compresses and sends it while it is made, and commits it with a manifest. Without the manifest
 * there is no backup. A backup that fails leaves nothing.
 * @throws JobError
 */
async function dbBackup(backup: DbBackup, context: JobContext): Promise<JobResult<'db_backup'>> {
  const startedAt = context.now();
  const backupId = newBackupId(startedAt);
  const { db_name: dbName, db_env: dbEnv, engine } = backup.options;
  const prefix = backupPrefix({ s3Path: backup.s3Path, dbName, dbEnv, backupId });
  context.log.info({ backup_id: backupId, prefix, engine }, 'backup begins');

  const upload = backup.store.beginBackup(prefix);
  try {
    const dump = await ENGINES[engine]({ ...backup, upload }, context);
    const manifest: BackupManifest = {
      manifest_version: MANIFEST_VERSION,
      backup_id: backupId,
      db_name: dbName,
      db_env: dbEnv,
      engine,
      started_at: startedAt.toISOString(),
      finished_at: context.now().toISOString(),
      ...selectionOf(backup.options),
      ...dump,
    };
    const result = resultOf(manifest, `s3://${backup.store.bucket}/${prefix}/`);
    context.reportProgress({ phase: 'storing', rows: result.rows, bytes: result.bytes });
    await backup.assertStillWanted();
    context.signal.throwIfAborted();
    await upload.commit(manifest);
    return result;
  } catch (error) {
    await upload
      .discard()
      .catch((leftover: unknown) =>
        context.log.warn(
          { err: leftover },
          'what was sent stays hidden in the bucket until its lifecycle rule removes it',
        ),
      );
    throw error;
  }
}

/** What tells a backup of some tables from one of all. */
function selectionOf({ include_tables, exclude_tables }: JobOptions<'db_backup'>): Pick<BackupManifest, 'selection'> {
  if (include_tables.length + exclude_tables.length === 0) return {};
  return { selection: { include_tables, exclude_tables } };
}

function resultOf(manifest: BackupManifest, s3Uri: string): JobResult<'db_backup'> {
  const { objects, tables, incomplete } = manifest;
  return {
    status: 'job complete',
    backup_id: manifest.backup_id,
    s3_uri: s3Uri,
    bytes: sum(objects.map(({ bytes }) => bytes)),
    stored_bytes: sum(objects.map(({ stored_bytes }) => stored_bytes)),
    rows: sum(tables.map(({ rows }) => rows)),
    tables: tables.length,
    consistency: manifest.consistency,
    incomplete_count: incomplete.length,
    incomplete: listedIncomplete(incomplete),
    duration_ms: Date.parse(manifest.finished_at) - Date.parse(manifest.started_at),
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
