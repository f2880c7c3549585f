import { join } from 'node:path';
import type { BackupManifest, JobOptions, JobResult } from '@serverless-ops/job-schemas';
import { MANIFEST_VERSION } from '@serverless-ops/job-schemas';
import {
  describeServer,
  optionFile,
  type DatabaseConnection,
  type ServerDescription,
} from '@serverless-ops/mysql-connect';
import { backupPrefix, newBackupId } from '@serverless-ops/object-store';
import { CompressedDump } from '../dump/compressed-dump.ts';
import { assertDumpToolFits, serverFlavor } from '../dump/dump-tool.ts';
import { dumpProgress } from '../dump/dump-progress.ts';
import { requireGoodDump } from '../dump/judge-dump.ts';
import { ENGINE_SCRIPT } from '../script/engine-script.ts';
import { LastLines } from '../script/last-lines.ts';
import { ScriptProcess } from '../script/script-process.ts';
import type { DatabaseWithStorage } from '../databases.ts';
import type { JobContext } from '../job-context.ts';
import type { JobMeans } from '../job-means.ts';
import { dryRunBackup } from './dry-run-backup.ts';

/** Name of the one data object of a backup, beside its manifest. */
const DUMP_OBJECT = 'dump.sql.zst';

/** How much of what the dump tool says goes into the cause of a failure; the log has all of it. */
const ERROR_LINES_IN_CAUSE = { lines: 5, jsonBytes: 8 * 1024 };

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
 * Dumps one database with the image's Bash script, compresses and stores it while it is made, and commits it with a
 * manifest. Nothing touches the disk, and a backup that did not end well leaves nothing behind.
 * @throws JobError
 */
async function dbBackup(backup: DbBackup, context: JobContext): Promise<JobResult<'db_backup'>> {
  const startedAt = context.now();
  // Asking first gives a clear error for a wrong host, password or name before anything is stored.
  const server = await describeServer(backup.connection);
  const backupId = newBackupId(startedAt);
  const { db_name: dbName, db_env: dbEnv } = backup.options;
  const prefix = backupPrefix({ s3Path: backup.s3Path, dbName, dbEnv, backupId });
  context.log.info(
    { backup_id: backupId, prefix, server: server.version, data_bytes: server.dataBytes },
    'backup begins',
  );

  const dump = scriptDump(backup.connection, server, context);
  const stored = await backup.store.uploadStream({
    key: `${prefix}/${DUMP_OBJECT}`,
    source: dump,
    signal: context.signal,
    contentType: 'application/zstd',
  });

  const tables = dump.inspector.tables;
  const manifest: BackupManifest = {
    manifest_version: MANIFEST_VERSION,
    backup_id: backupId,
    db_name: dbName,
    db_env: dbEnv,
    engine: backup.options.engine,
    consistency: 'single-transaction',
    started_at: startedAt.toISOString(),
    finished_at: context.now().toISOString(),
    server: { version: server.version, character_set: server.characterSet, collation: server.collation },
    tools: {
      dump: dump.inspector.tool ?? 'unknown',
      node: process.version,
      zstd: process.versions['zstd'] ?? 'unknown',
    },
    objects: [
      {
        key: DUMP_OBJECT,
        bytes: dump.bytes,
        sha256: dump.sha256(),
        stored_bytes: stored.storedBytes,
        stored_sha256: stored.storedSha256,
        compression: 'zstd',
      },
    ],
    tables,
  };
  await backup.assertStillWanted();
  context.signal.throwIfAborted();
  await backup.store.commitManifest({ prefix, manifest });

  return {
    status: 'job complete',
    backup_id: backupId,
    s3_uri: `s3://${backup.store.bucket}/${prefix}/`,
    bytes: dump.bytes,
    stored_bytes: stored.storedBytes,
    rows: dump.inspector.rows,
    tables: tables.length,
    consistency: 'single-transaction',
    duration_ms: context.now().getTime() - startedAt.getTime(),
  };
}

function scriptDump(connection: DatabaseConnection, server: ServerDescription, context: JobContext): CompressedDump {
  const errorLines = new LastLines(ERROR_LINES_IN_CAUSE);
  const progress = dumpProgress(server.dataBytes, () => context.now().getTime());
  const dump: CompressedDump = new CompressedDump({
    signal: context.signal,
    start: () =>
      new ScriptProcess({
        file: join(context.scriptsFolder, ENGINE_SCRIPT),
        args: [connection.database, serverFlavor(server.version)],
        path: context.scriptsPath,
        environment: {},
        optionFile: optionFile(connection),
        user: undefined,
        onErrorLine: (printed) => {
          const line = context.printable(printed);
          errorLines.push(line);
          context.log.warn({ stream: 'stderr' }, line);
        },
      }),
    requireGood: (exit, inspector, bytes) => requireGoodDump(exit, inspector, bytes, errorLines.lines),
    onBytes: () => {
      assertDumpToolFits(dump.inspector.tool, server);
      context.moved();
      context.reportProgress(progress(dump.bytes, dump.inspector.rows));
    },
  });
  return dump;
}
