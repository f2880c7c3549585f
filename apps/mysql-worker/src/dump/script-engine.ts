import { join } from 'node:path';
import { describeServer, optionFile, type ServerDescription } from '@serverless-ops/mysql-connect';
import { ENGINE_SCRIPT } from '../script/engine-script.ts';
import { LastLines } from '../script/last-lines.ts';
import { ScriptProcess } from '../script/script-process.ts';
import type { JobContext } from '../job-context.ts';
import type { DumpOrder, SentDump } from './dump-engine.ts';
import { dumpProgress } from './dump-progress.ts';
import { RESTORE_ALL } from './restore-commands.ts';
import { CompressedDump } from './script/compressed-dump.ts';
import { assertDumpToolFits, serverFlavor } from './script/dump-tool.ts';
import { inspectForTools, type ToolInspection } from './script/inspect-for-tools.ts';
import { requireGoodDump } from './script/judge-dump.ts';

/** Name of the one data object of a backup, beside its manifest. */
const DUMP_OBJECT = 'dump.sql.zst';

/** How much of what the dump tool says goes into the cause of a failure; the log has all of it. */
const ERROR_LINES_IN_CAUSE = { lines: 5, jsonBytes: 8 * 1024 };

/** Dumps with the image's Bash script, and compresses and stores what it writes. */
export async function dumpByScript(order: DumpOrder, context: JobContext): Promise<SentDump> {
  // Asking first gives a clear error for a wrong host, password or name before anything is stored.
  const server = await describeServer(order.connection);
  context.log.info({ server: server.version, data_bytes: server.dataBytes }, 'dump by script begins');
  const { incomplete, onlyForMysqldump } = await inspectForTools(order.connection);
  for (const entry of incomplete) context.log.warn(entry, 'the backup will lack something');
  const dump = scriptDump(order, { server, onlyForMysqldump }, context);
  const stored = await order.upload.send({ key: DUMP_OBJECT, source: dump, signal: context.signal });
  return {
    consistency: 'single-transaction',
    server: { version: server.version, character_set: server.characterSet, collation: server.collation },
    tools: {
      dump: dump.inspector.tool ?? 'unknown',
      node: process.version,
      zstd: process.versions['zstd'] ?? 'unknown',
    },
    incomplete: incomplete.map(({ what, why, remedy }) => ({ what, why, remedy })),
    restore: { all: RESTORE_ALL },
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
    tables: dump.inspector.tables,
  };
}

function scriptDump(
  { connection }: DumpOrder,
  { server, onlyForMysqldump }: { server: ServerDescription } & Pick<ToolInspection, 'onlyForMysqldump'>,
  context: JobContext,
): CompressedDump {
  const errorLines = new LastLines(ERROR_LINES_IN_CAUSE);
  const { dataBytes: ofBytes } = server;
  const progress = dumpProgress(() => context.now().getTime());
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
      assertDumpToolFits(dump.inspector.tool, server, onlyForMysqldump);
      context.moved();
      const done = { rows: dump.inspector.rows, bytes: dump.bytes };
      context.reportProgress(progress({ ...done, ...(ofBytes !== undefined && { ofBytes }) }));
    },
  });
  return dump;
}
