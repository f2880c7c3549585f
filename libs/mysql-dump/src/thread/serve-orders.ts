import type { MessagePort } from 'node:worker_threads';
import { JobError } from '@serverless-ops/job-schemas';
import { translateMysqlError, type DatabaseConnection } from '@serverless-ops/mysql-connect';
import { DumpSession } from './dump-session.ts';
import type { ThreadAnswer, ThreadData, ThreadOrder } from './messages.ts';
import { Outbox } from './outbox.ts';

/** Connects, answers `done`, and then serves orders one after the other until `end`. */
export async function serveOrders(port: MessagePort, { connection, untaken }: ThreadData): Promise<void> {
  const outbox = new Outbox(port, untaken);
  let session: DumpSession | undefined;
  const serve = async (order: Exclude<ThreadOrder, { type: 'end' }>): Promise<ThreadAnswer> => {
    if (session === undefined) throw new Error('An order came before the session was open.');
    switch (order.type) {
      case 'begin':
        await session.begin();
        return { type: 'done' };
      case 'plan':
        return { type: 'planned', conditions: await session.plan(order.table, order.chunkRows) };
      case 'dump':
        await session.dump(order.chunks, (result) => outbox.add({ type: 'chunk', result }));
        return { type: 'done' };
    }
  };
  const answer = (message: ThreadAnswer): void => {
    outbox.add(message);
    outbox.send();
  };
  port.on('message', (order: ThreadOrder) => {
    // Ends the thread alone, with its session, between two turns of its loop.
    if (order.type === 'end') process.exit();
    serve(order).then(answer, (error: unknown) => answer(failure(error, connection)));
  });
  try {
    session = await DumpSession.open(connection, (piece, bytes, rows) =>
      outbox.add({ type: 'piece', piece, bytes, rows }),
    );
    answer({ type: 'done' });
  } catch (error) {
    answer(failure(error, connection));
  }
}

function failure(error: unknown, connection: DatabaseConnection): ThreadAnswer {
  const { code, message } = JobError.from(translateMysqlError(error, connection));
  return { type: 'failed', code, message };
}
