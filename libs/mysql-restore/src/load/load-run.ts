import { quoteIdentifier } from '@serverless-ops/mysql-connect';
import type { ServerFlavor } from '@serverless-ops/mysql-dump';
import type { BackupToRestore } from '../backup/backup-to-restore.ts';
import { MalformedFileError } from '../backup/definition-statements.ts';
import { rowStatements } from '../backup/row-statements.ts';
import { BrokenFrameError, decodedFrames } from '../backup/zstd-frames.ts';
import { notAsManifestSays } from '../errors.ts';
import { cutBytes } from './cut-bytes.ts';
import type { LoadSession } from './load-session.ts';
import type { RowsRun, RowsShare } from './rows-runs.ts';
import { sharedTableSetup } from './shared-table.ts';
import { sendStatement } from './send-statement.ts';

/** Of SQL in one transaction: fewer commits are faster, and a longer one needs more room for its way back. */
const TRANSACTION_BYTES = 64 * 1024 ** 2;

export interface LoadRunOptions {
  readonly backup: BackupToRestore;
  readonly flavor: ServerFlavor;
  readonly signal: AbortSignal;
  readonly onBytes: (bytes: number, share: RowsShare) => void;
  /** Called before what was sent so far can no longer be taken back. */
  readonly onCommit: () => void;
}

/** Loads the rows of a run. What it throws comes after a rollback of what was not committed, or with the session's end. */
export async function loadRun(session: LoadSession, run: RowsRun, options: LoadRunOptions): Promise<void> {
  const { backup, signal, onCommit } = options;
  const range = { offset: run.offset, bytes: run.storedBytes };
  const bytes = backup.read(run.object, { range, signal });
  const lengths = run.shares.map(({ part }) => part.stored_bytes);
  const transaction = { isOpen: run.isTransactional, bytes: 0 };
  let index = 0;
  // Without a transaction, nothing can be taken back.
  if (run.isTransactional) await session.run('START TRANSACTION');
  else onCommit();
  for await (const stored of cutBytes(bytes, lengths)) {
    const share = run.shares[index++];
    if (share) await loadShare(session, share, stored, { ...options, transaction });
  }
  onCommit();
  if (run.isTransactional) await session.run('COMMIT');
}

async function loadShare(
  session: LoadSession,
  share: RowsShare,
  stored: AsyncIterable<Uint8Array>,
  {
    onBytes,
    onCommit,
    transaction,
    flavor,
    signal,
  }: LoadRunOptions & { readonly transaction: { readonly isOpen: boolean; bytes: number } },
): Promise<void> {
  const { part, table } = share;
  const head = Buffer.from(`INSERT INTO ${quoteIdentifier(table.name)} (`);
  const setup: Uint8Array[] = [];
  try {
    for await (const { kind, pieces, bytes } of rowStatements(decodedFrames(stored))) {
      signal.throwIfAborted();
      if (kind === 'SET') {
        setup.push(withoutEnd(Buffer.concat(pieces)));
      } else {
        if (setup.length > 0) await session.setUp([...setup.splice(0), ...sharedTableSetup(table, flavor)]);
        if (!beginsWith(pieces, head)) {
          throw notAsManifestSays(part.object, `at ${part.offset} it has rows of another table than ${table.name}`);
        }
        await sendStatement(session.session, pieces);
      }
      transaction.bytes += bytes;
      onBytes(bytes, share);
      if (!transaction.isOpen || transaction.bytes < TRANSACTION_BYTES) continue;
      onCommit();
      await session.run('COMMIT');
      await session.run('START TRANSACTION');
      transaction.bytes = 0;
    }
  } catch (error) {
    if (error instanceof MalformedFileError || error instanceof BrokenFrameError)
      throw notAsManifestSays(part.object, `at ${part.offset}, ${error.message}`);
    throw error;
  }
}

/** Without `;` and line break. */
function withoutEnd(statement: Buffer): Buffer {
  return statement.subarray(0, -2);
}

function beginsWith(pieces: readonly Buffer[], text: Buffer): boolean {
  const [first = text] = pieces;
  return (first.length < text.length ? Buffer.concat(pieces) : first).subarray(0, text.length).equals(text);
}
