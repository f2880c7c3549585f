import type { Duplex } from 'node:stream';
import type { Connection } from 'mysql2/promise';

/** What this file uses of the driver's insides; `send-statement.test.ts` holds an upgrade of mysql2 against it. */
interface InnerConnection {
  readonly stream: Duplex;
  readonly config: { readonly clientFlags: number };
  readonly serverCapabilityFlags: number;
  readonly clientEncoding: string;
  sequenceId: number;
  addCommand(command: SentCommand): void;
  write(bytes: Uint8Array): void;
  _resetSequenceId(): void;
  _bumpSequenceId(packets: number): void;
}
interface AnswerPacket {
  isError(): boolean;
  asError(encoding: string): Error;
  peekByte(): number;
}
interface SentCommand {
  onResult(error?: Error | null): void;
  execute(packet: AnswerPacket | undefined, connection: InnerConnection): boolean;
  emit(): void;
  stateName(): string;
}

/** Where the protocol's numbers are from: dev.mysql.com/doc/dev/mysql-server/latest, "Protocol Basics" and COM_QUERY. */
const COM_QUERY = 3;
const CLIENT_QUERY_ATTRIBUTES = 0x0800_0000;
const MAX_PACKET_BYTES = 0xff_ffff;
const OK = 0;

/**
 * Runs a statement that is bytes, in whatever character set the session reads it, and gives no rows. The driver itself
 * only takes texts, and copies them twice. Rejects with the server's error or the driver's.
 */
export async function sendStatement(session: Connection, pieces: readonly Uint8Array[]): Promise<void> {
  const { connection: inner } = session as unknown as { connection: InnerConnection };
  await new Promise<void>((resolve, reject) => {
    let isSent = false;
    inner.addCommand({
      onResult: (error) => (error ? reject(error) : resolve()),
      execute(packet, connection) {
        if (!isSent) {
          isSent = true;
          connection._resetSequenceId();
          write(connection, pieces);
          return false;
        }
        if (packet?.isError() === true) reject(packet.asError(connection.clientEncoding));
        else if (packet?.peekByte() === OK) resolve();
        else {
          reject(new Error('A statement of the backup gave rows.'));
          connection.stream.destroy();
        }
        return true;
      },
      emit: () => undefined,
      stateName: () => 'sendStatement',
    });
  });
}

/** The protocol's packets: a header of four bytes, and 16 MiB - 1 at most; one that is full has a next one. */
function write(connection: InnerConnection, pieces: readonly Uint8Array[]): void {
  const hasAttributes =
    (connection.config.clientFlags & connection.serverCapabilityFlags & CLIENT_QUERY_ATTRIBUTES) !== 0;
  // No attributes, in one set.
  const command = Uint8Array.from(hasAttributes ? [COM_QUERY, 0, 1] : [COM_QUERY]);
  const queue = [command, ...pieces];
  let left = queue.reduce((sum, { length }) => sum + length, 0);
  connection.stream.cork();
  for (let isLast = false; !isLast;) {
    let room = Math.min(left, MAX_PACKET_BYTES);
    isLast = room < MAX_PACKET_BYTES;
    left -= room;
    const header = Buffer.alloc(4);
    header.writeUIntLE(room, 0, 3);
    header.writeUInt8(connection.sequenceId, 3);
    connection._bumpSequenceId(1);
    connection.write(header);
    while (room > 0) {
      const piece = queue.shift() ?? new Uint8Array();
      const part = piece.subarray(0, room);
      connection.write(part);
      room -= part.length;
      if (part.length < piece.length) queue.unshift(piece.subarray(part.length));
    }
  }
  connection.stream.uncork();
}
