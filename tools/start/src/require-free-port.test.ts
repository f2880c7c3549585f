import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { requireFreePort } from './require-free-port.ts';

describe('requireFreePort', () => {
  it('says which port is taken, and what to type instead', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await expect(requireFreePort(port)).rejects.toThrow(
      `Port ${port} cannot be used: another program uses it. ` +
        `Stop that program, or choose another port: npm start -- --port ${port + 1}`,
    );
    server.close();
    await once(server, 'close');
    await expect(requireFreePort(port)).resolves.toBeUndefined();
  });
});
