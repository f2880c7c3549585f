import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { connect } from './connect.ts';

test('gives up after ten seconds on a server that takes the connection and says nothing', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const startedAt = performance.now();

  const attempt = connect({
    ...{ host: '127.0.0.1', port, user: 'app', password: 'S3cr3t', database: 'shop' },
    tls: { mode: 'loopback' },
  });

  await expect(attempt).rejects.toMatchObject({
    code: 'DatabaseUnreachable',
    message: expect.stringContaining('did not answer in time') as string,
  });
  silent.close();
  expect(Math.round((performance.now() - startedAt) / 1000)).toBe(10);
});
