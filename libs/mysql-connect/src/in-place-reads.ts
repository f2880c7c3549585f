import { connect, type Socket } from 'node:net';
import type { Connection } from 'mysql2/promise';
import { PacketCutter } from './packet-cutter.ts';

/** Larger ones save no more time. */
const BUFFER_BYTES = 256 * 1024;

/** Sockets whose reader is done with the bytes when it returns. */
const inPlace = new WeakSet<Socket>();

/**
 * A socket to a MySQL server that reads everything into one piece of memory, over and over. A socket of Node's own makes
 * 64 KiB for each read, which costs more than all else that is done to a row. What it emits as `data` are whole packets.
 */
export function openSocket(host: string, port: number, keepAliveMs: number): Socket {
  const cutter = new PacketCutter();
  const buffer = Buffer.allocUnsafeSlow(BUFFER_BYTES);
  const socket = connect({
    ...{ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: keepAliveMs },
    onread: {
      buffer,
      callback: (bytes) => {
        cutter.take(buffer.subarray(0, bytes), (packets) => {
          const isShared = packets.buffer === buffer.buffer && !inPlace.has(socket);
          socket.emit('data', isShared ? Buffer.from(packets) : packets);
        });
        return true;
      },
    },
  });
  return socket;
}

/**
 * Runs statements whose rows are read where they lie: the memory of a packet is used again as soon as its reader has
 * returned. Nothing that the driver makes of them may be kept, such as the bytes of a BLOB. Without TLS that is faster;
 * with TLS it changes nothing.
 */
export async function readInPlace<Result>(session: Connection, read: () => Promise<Result>): Promise<Result> {
  const { stream } = (session as unknown as { connection: { readonly stream: Socket } }).connection;
  inPlace.add(stream);
  try {
    return await read();
  } finally {
    inPlace.delete(stream);
  }
}
