import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { connect } from './connect.ts';

let silent: Server;
let port: number;
beforeEach(async () => {
  silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  ({ port } = silent.address() as AddressInfo);
});
afterEach(() => void silent.close());

test.each([
  ['ten seconds', undefined, 10_000],
  ['the time that the caller has', { timeoutMs: 2000 }, 2000],
])('gives up after %s on a server that takes the connection and says nothing', async (_, options, timeoutMs) => {
  const startedAt = performance.now();

  const attempt = connect(
    { host: '127.0.0.1', port, user: 'app', password: 'S3cr3t', database: 'shop', tls: { mode: 'loopback' } },
    options,
  );

  await expect(attempt).rejects.toMatchObject({
    code: 'DatabaseUnreachable',
    message: expect.stringContaining('did not answer in time') as string,
  });
  // A timer may come late on a busy machine.
  const tookMs = performance.now() - startedAt;
  expect(tookMs).toBeGreaterThan(timeoutMs * 0.99);
  expect(tookMs).toBeLessThan(timeoutMs * 4);
});
