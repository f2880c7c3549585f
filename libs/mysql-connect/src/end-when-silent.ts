import type { Socket } from 'node:net';
import type { Connection } from 'mysql2/promise';

/** What the connection is told when the server is silent for too long; `translateMysqlError` knows it. */
export const SERVER_SILENT = 'SERVER_SILENT';

/** What this file uses of the driver's insides; `end-when-silent.test.ts` holds an upgrade of mysql2 against it. */
interface InnerConnection {
  readonly stream: Socket;
  /** The statement that the server is answering. */
  readonly _command: object | null | undefined;
}

/**
 * Ends a session when the server has sent nothing for so long, although it has a statement to answer. The driver's own
 * `timeout` of a statement looks at its first packet alone: a network that falls silent within an answer hangs its reader.
 */
export function endWhenSilent(session: Connection, silentMs: number): void {
  const inner = (session as unknown as { connection: InnerConnection }).connection;
  const { stream } = inner;
  // Each byte, in either direction, starts it anew.
  stream.setTimeout(silentMs);
  stream.on('timeout', () => {
    const { bytesRead } = stream;
    // A thread that has slept looks at its timers before it looks at the network, where the answer may wait.
    setImmediate(() => {
      if (stream.bytesRead !== bytesRead || !inner._command) return;
      const error = new Error(`The server sent nothing for ${silentMs / 1000} s`);
      stream.destroy(Object.assign(error, { code: SERVER_SILENT }));
    });
  });
}
