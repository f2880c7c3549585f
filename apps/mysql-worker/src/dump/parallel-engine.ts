import { dumpDatabase, dumpTables, tellingConnectionsNeeded, type DatabaseDump } from '@serverless-ops/mysql-dump';
import type { JobContext } from '../job-context.ts';
import type { DumpOrder, SentDump } from './dump-engine.ts';
import { dumpProgress } from './dump-progress.ts';
import { RESTORE_ALL, RESTORE_ONE_TABLE } from './restore-commands.ts';

/** Dumps with the worker's own engine: several connections that see one moment. */
export async function dumpInParallel(
  { options, connection, upload }: DumpOrder,
  context: JobContext,
): Promise<SentDump> {
  const { parallelism, include_tables: includeTables, exclude_tables: excludeTables, definer } = options;
  const { signal } = context;
  const nowMs = (): number => context.now().getTime();
  let progress = dumpProgress(nowMs);
  const dump = await dumpDatabase({
    connection,
    parallelism,
    definer,
    filter: { ...(includeTables.length > 0 && { includeTables }), excludeTables },
    signal,
    send: (key, source) => upload.send({ key, source, signal }),
    onStart: ({ inventory, incomplete }) => {
      const dataBytes = dumpTables(inventory).reduce((sum, { estimatedBytes }) => sum + estimatedBytes, 0);
      // What came before is no part of the speed.
      progress = dumpProgress(nowMs);
      context.log.info({ tables: inventory.tables.length, data_bytes: dataBytes }, 'dump begins');
      if (inventory.filter.needlessExcludes.length > 0) {
        context.log.warn({ tables: inventory.filter.needlessExcludes }, 'the database has no such tables to exclude');
      }
      for (const entry of incomplete) context.log.warn(entry, 'the backup will lack something');
    },
    onProgress: (done) => {
      context.moved();
      context.reportProgress(progress(done));
    },
  }).catch((error: unknown) => {
    throw tellingConnectionsNeeded(error, parallelism);
  });
  context.log.info(
    { consistency: dump.snapshot.method, locked_ms: dump.snapshot.lockedMs, passed_over: dump.snapshot.passedOver },
    'dump ended',
  );
  return toManifest(dump);
}

function toManifest({ inventory, ...dump }: DatabaseDump): SentDump {
  return {
    consistency: dump.snapshot.method,
    server: {
      version: dump.serverVersion,
      character_set: inventory.defaults.characterSet,
      collation: inventory.defaults.collation,
    },
    tools: { node: process.version, zstd: process.versions['zstd'] ?? 'unknown' },
    incomplete: dump.incomplete.map(({ what, why, remedy }) => ({ what, why, remedy })),
    longest_statement_bytes: dump.longestStatementBytes,
    restore: { all: RESTORE_ALL, one_table: RESTORE_ONE_TABLE },
    objects: dump.objects.map(({ key, bytes, storedBytes, storedSha256 }) => ({
      key,
      bytes,
      stored_bytes: storedBytes,
      stored_sha256: storedSha256,
      compression: 'zstd',
    })),
    tables: dump.tables.map(({ name, rows, checksum, parts }) => ({
      name,
      rows,
      ...(checksum !== undefined && { checksum }),
      parts: parts.map((part) => ({
        object: part.object,
        offset: part.offset,
        stored_bytes: part.storedBytes,
        bytes: part.bytes,
        rows: part.rows,
        ...(part.checksum !== undefined && { checksum: part.checksum }),
      })),
    })),
  };
}
