import { parentPort, workerData } from 'node:worker_threads';
import { serveOrders } from './serve-orders.ts';
import type { ThreadData } from './messages.ts';

if (parentPort === null) throw new Error('This file is the entry of a worker thread.');
await serveOrders(parentPort, workerData as ThreadData);
