import type { ServerConnection } from '@serverless-ops/mysql-connect';
import type { ServerFlavor } from '@serverless-ops/mysql-dump';
import type { BackupToRestore } from '../backup/backup-to-restore.ts';
import type { PlannedTable } from '../backup/restore-plan.ts';
import { isDeadlock, refused } from '../errors.ts';
import { inParallel } from './in-parallel.ts';
import { loadRun } from './load-run.ts';
import type { LoadSession } from './load-session.ts';
import { rowsRuns, type RowsRun } from './rows-runs.ts';

export interface LoadRowsOptions {
  readonly backup: BackupToRestore;
  readonly tables: readonly PlannedTable[];
  readonly connection: ServerConnection;
  readonly flavor: ServerFlavor;
  readonly signal: AbortSignal;
  /** Called with what was loaded more. */
  readonly onLoaded: (bytes: number, rows: number) => void;
}

/** Sessions that fill one table may want each other's locks on a key; the server then rolls one of them back. */
const MAX_ATTEMPTS = 5;

/** Loads the rows of tables with several sessions at once. */
export async function loadRows(sessions: readonly LoadSession[], options: LoadRowsOptions): Promise<void> {
  await inParallel(sessions, rowsRuns(options.tables), (session, run) => loadPatiently(session, run, options));
}

async function loadPatiently(session: LoadSession, run: RowsRun, options: LoadRowsOptions): Promise<void> {
  const { backup, flavor, signal, connection, onLoaded } = options;
  for (let attempt = 1; ; attempt++) {
    const committed = { any: false };
    let atWork = run.shares[0];
    let doneBytes = 0;
    try {
      await loadRun(session, run, {
        ...{ backup, flavor, signal },
        onCommit: () => (committed.any = true),
        onBytes: (bytes, share) => {
          atWork = share;
          doneBytes += bytes;
          onLoaded(bytes, share.part.bytes === 0 ? 0 : Math.round((share.part.rows * bytes) / share.part.bytes));
        },
      });
      return;
    } catch (error) {
      if (!isDeadlock(error) || committed.any || attempt === MAX_ATTEMPTS)
        throw refused(error, `rows of table ${JSON.stringify(atWork?.table.name)}`, connection);
      onLoaded(-doneBytes, 0);
      await session.run('ROLLBACK');
    }
  }
}
