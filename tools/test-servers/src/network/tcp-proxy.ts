import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** What the proxy should do wrong. */
export interface TcpProxyOptions {
  readonly targetPort: number;
  /**
   * After so many bytes from the target, over all connections, every connection is reset, also later ones.
   * @default never
   */
  readonly cutAfterBytes?: number;
  /**
   * After so many bytes from the target it freezes by itself: a test that waits for them can come too late.
   * @default never
   */
  readonly freezeAfterBytes?: number;
  /**
   * Called with how many bytes have come from the target, before the last of them are handed on.
   * @default nothing is called
   */
  readonly onBytes?: (bytesFromTarget: number) => void;
  /**
   * How much each connection carries from the target in a second.
   * @default as much as it can
   */
  readonly bytesPerSecond?: number;
}

/** A network between a client and a server on loopback that can fail half-way. */
export interface TcpProxy {
  readonly port: number;
  /** From now on no byte moves in either direction, yet every connection stays open. */
  freeze(): void;
  /** Bytes that came from the target so far. */
  bytesFromTarget(): number;
  close(): Promise<void>;
  /** As `close`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts a proxy on a free loopback port to `targetPort` on 127.0.0.1. */
export async function startTcpProxy({
  targetPort,
  cutAfterBytes = Infinity,
  freezeAfterBytes = Infinity,
  onBytes = () => undefined,
  bytesPerSecond = Infinity,
}: TcpProxyOptions): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let frozen = false;
  let bytesFromTarget = 0;

  const forward = (from: Socket, to: Socket, onData: (bytes: number) => void): void => {
    sockets.add(from);
    from.on('data', (data) => {
      onData(data.length);
      if (!to.destroyed && !to.write(data)) from.pause();
    });
    to.on('drain', () => frozen || from.resume());
    from.on('end', () => to.end());
    from.on('error', () => to.destroy());
    from.on('close', () => sockets.delete(from));
    if (frozen) from.pause();
  };
  const slowDown = (from: Socket, bytes: number): void => {
    from.pause();
    setTimeout(() => frozen || from.resume(), (bytes / bytesPerSecond) * 1000);
  };
  const resetAll = (): void => sockets.forEach((socket) => void socket.resetAndDestroy());
  const isCut = (): boolean => bytesFromTarget >= cutAfterBytes;
  const freeze = (): void => {
    frozen = true;
    sockets.forEach((socket) => void socket.pause());
  };

  const server = createServer({ allowHalfOpen: true }, (client) => {
    if (isCut()) return void client.resetAndDestroy();
    const target = connect({ port: targetPort, host: '127.0.0.1', allowHalfOpen: true });
    forward(client, target, () => undefined);
    forward(target, client, (bytes) => {
      bytesFromTarget += bytes;
      onBytes(bytesFromTarget);
      if (bytesPerSecond !== Infinity) slowDown(target, bytes);
      if (isCut()) resetAll();
      if (bytesFromTarget >= freezeAfterBytes) freeze();
    });
  });
  const close = async (): Promise<void> => {
    const closed = once(server, 'close');
    server.close();
    sockets.forEach((socket) => void socket.destroy());
    await closed;
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    freeze,
    bytesFromTarget: () => bytesFromTarget,
    close,
    [Symbol.asyncDispose]: close,
  };
}
