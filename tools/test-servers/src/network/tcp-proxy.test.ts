import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { startTcpProxy } from './tcp-proxy.ts';

/** A server that answers every connection with 100,000 bytes, then whatever it is sent. */
async function startTalker(): Promise<{ port: number; stop: () => void }> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.write(Buffer.alloc(100_000));
    socket.pipe(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, stop: () => void server.close() };
}

/** Reads until the connection ends; gives how many bytes came, and the error if it ended badly. */
async function readAll(socket: Socket): Promise<{ bytes: number; error: string | undefined }> {
  let bytes = 0;
  let error: string | undefined;
  socket.on('data', (data) => void (bytes += data.length));
  socket.on('error', (thrown: NodeJS.ErrnoException) => (error = thrown.code));
  await new Promise((resolve) => socket.once('close', resolve));
  return { bytes, error };
}

test('carries bytes both ways, and the end of a connection', async () => {
  const talker = await startTalker();
  const proxy = await startTcpProxy({ targetPort: talker.port });

  const client = connect(proxy.port, '127.0.0.1');
  client.end('echo');
  const received = await readAll(client);

  talker.stop();
  await proxy.close();
  expect(received).toEqual({ bytes: 100_004, error: undefined });
  expect(proxy.bytesFromTarget()).toBe(100_004);
});

test('resets connections once the agreed bytes came through, and later ones at once', async () => {
  const talker = await startTalker();
  const proxy = await startTcpProxy({ targetPort: talker.port, cutAfterBytes: 50_000 });

  const first = await readAll(connect(proxy.port, '127.0.0.1'));
  const second = await readAll(connect(proxy.port, '127.0.0.1'));

  talker.stop();
  await proxy.close();
  expect(first.error).toBe('ECONNRESET');
  expect(first.bytes).toBeLessThan(100_000);
  expect(second).toEqual({ bytes: 0, error: 'ECONNRESET' });
});

test('keeps connections open but silent when frozen', async () => {
  const talker = await startTalker();
  const proxy = await startTcpProxy({ targetPort: talker.port });
  const client = connect(proxy.port, '127.0.0.1');
  let bytes = 0;
  client.on('data', (data) => void (bytes += data.length));
  while (bytes < 100_000) await once(client, 'data');

  proxy.freeze();
  client.write('anybody there?');
  const silent = Symbol('silent');
  const firstEvent = await Promise.race([
    once(client, 'data'),
    once(client, 'close'),
    new Promise((resolve) => setTimeout(resolve, 100, silent)),
  ]);

  talker.stop();
  await proxy.close();
  expect(firstEvent).toBe(silent);
});

test('freezes by itself once the agreed bytes came through', async () => {
  const talker = await startTalker();
  const proxy = await startTcpProxy({ targetPort: talker.port, freezeAfterBytes: 1 });
  const client = connect(proxy.port, '127.0.0.1');
  await once(client, 'data');
  client.write('not echoed');
  // A round trip past the proxy, in which an answer through it would have come.
  const direct = connect(talker.port, '127.0.0.1');
  direct.end('echoed');
  await readAll(direct);

  const bytes = proxy.bytesFromTarget();

  client.destroy();
  talker.stop();
  await proxy.close();
  expect(bytes).toBeLessThanOrEqual(100_000);
});

test('tells how many bytes have come, and carries as many in a second as agreed', async () => {
  const talker = await startTalker();
  const counts: number[] = [];
  const onBytes = (bytes: number): void => void counts.push(bytes);
  const proxy = await startTcpProxy({ targetPort: talker.port, onBytes, bytesPerSecond: 400_000 });
  const startedMs = performance.now();

  const client = connect(proxy.port, '127.0.0.1');
  client.end();
  await readAll(client);

  talker.stop();
  await proxy.close();
  expect(counts.at(-1)).toBe(100_000);
  // The last bytes are handed on before the pause that they cause.
  expect(performance.now() - startedMs).toBeGreaterThan(50);
});
