import type { MessagePort } from 'node:worker_threads';
import { JobError } from '@serverless-ops/job-schemas';
import { DumpSession, type OnPiece } from './dump-session.ts';
import type { ThreadAnswer, ThreadData, ThreadMessage, ThreadOrder } from './messages.ts';

/**
 * Pieces that may wait to be uploaded. While there are so many, the thread sleeps, even in the middle of a row of 64 MiB,
 * and TCP makes the server wait: so memory stays the same for rows of any length.
 */
const MAX_UNTAKEN = 4;

/** Connects, answers `done`, and then serves orders one after the other until `end`. */
export async function serveOrders(port: MessagePort, { connection, untaken }: ThreadData): Promise<void> {
  const count = new Int32Array(untaken);
  const post = (message: ThreadMessage, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer);
  const onPiece: OnPiece = (piece, bytes, rows) => {
    for (;;) {
      const waiting = Atomics.load(count, 0);
      if (waiting < MAX_UNTAKEN) break;
      Atomics.wait(count, 0, waiting);
    }
    Atomics.add(count, 0, 1);
    post({ type: 'piece', piece, bytes, rows }, [piece.buffer]);
  };

  let session: DumpSession | undefined;
  const serve = async (order: ThreadOrder): Promise<ThreadAnswer> => {
    if (session === undefined) throw new Error('An order came before the session was open.');
    switch (order.type) {
      case 'begin':
        await session.begin();
        return { type: 'done' };
      case 'plan':
        return { type: 'planned', conditions: await session.plan(order.table, order.chunkRows) };
      case 'dump':
        for (const chunk of order.chunks) post({ type: 'chunk', result: await session.dump(chunk) });
        return { type: 'done' };
      case 'end':
        session.close();
        port.close();
        return { type: 'done' };
    }
  };
  port.on('message', (order: ThreadOrder) => {
    serve(order).then(post, (error: unknown) => post(failure(error)));
  });
  try {
    session = await DumpSession.open(connection, onPiece);
    post({ type: 'done' });
  } catch (error) {
    post(failure(error));
  }
}

function failure(error: unknown): ThreadAnswer {
  const { code, message } = JobError.from(error);
  return { type: 'failed', code, message };
}
