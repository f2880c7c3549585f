import type { Socket } from 'node:net';
import type { Connection } from 'mysql2/promise';

/**
 * Ends a session at once, wherever its server is. Statements that wait for an answer fail: the driver's own `destroy`
 * leaves them without an end when the network is silent.
 */
export function abandon(session: Connection): void {
  // `abandon.test.ts` holds an upgrade of mysql2 against this.
  const { stream } = (session as unknown as { connection: { readonly stream: Socket } }).connection;
  stream.destroy(Object.assign(new Error('The session was ended'), { code: 'ECONNRESET' }));
}
