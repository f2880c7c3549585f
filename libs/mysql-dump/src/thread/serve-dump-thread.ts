import { parentPort, workerData } from 'node:worker_threads';
import type { ThreadData } from './messages.ts';
import { serveOrders } from './serve-orders.ts';

/** What the entry of a dump's worker thread does. Returns when the thread has nothing more to do. */
export async function serveDumpThread(): Promise<void> {
  if (parentPort === null) throw new Error('This is for the entry of a worker thread.');
  await serveOrders(parentPort, workerData as ThreadData);
}
