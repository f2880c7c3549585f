import { dumpDatabase, dumpTables, manifestOfDump, tellingConnectionsNeeded } from '@serverless-ops/mysql-dump';
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
  return {
    ...manifestOfDump(dump),
    tools: { node: process.version, zstd: process.versions['zstd'] ?? 'unknown' },
    restore: { all: RESTORE_ALL, one_table: RESTORE_ONE_TABLE },
  };
}
