import { once } from 'node:events';
import { createServer } from 'node:net';

/** Throws one sentence when a port cannot be listened on: said before a build of a minute, not after it. */
export async function requireFreePort(port: number): Promise<void> {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    const { code } = error as { code?: string };
    const why = code === 'EADDRINUSE' ? 'another program uses it' : `the system says ${String(code)}`;
    throw new Error(
      `Port ${port} cannot be used: ${why}. Stop that program, or choose another port: npm start -- --port ${port + 1}`,
      { cause: error },
    );
  }
  server.close();
  await once(server, 'close');
}
