import { startMariadb, type DatabaseServer } from '@serverless-ops/test-servers';
import type { Connection } from 'mysql2/promise';
import { connect } from './connect.ts';
import { readInPlace } from './in-place-reads.ts';

/** More than one read of the network holds, so that memory is used again while the rows come. */
const MANY_BLOBS = 'SELECT seq, CAST(REPEAT(CHAR(65 + seq % 26), 20000) AS BINARY) AS bytes FROM seq_1_to_200';

interface BlobRow {
  readonly seq: number;
  readonly bytes: Buffer;
}

let server: DatabaseServer;
let session: Connection;
beforeAll(async () => {
  server = await startMariadb();
  const { host, port, rootPassword: password } = server;
  session = await connect({ host, port, user: 'root', password, database: 'mysql', tls: { mode: 'loopback' } });
});
afterAll(async () => {
  session.destroy();
  await server.stop();
});

async function blobs(): Promise<BlobRow[]> {
  const [rows] = await session.query(MANY_BLOBS);
  return rows as BlobRow[];
}

const damaged = (rows: readonly BlobRow[]): BlobRow[] =>
  rows.filter(({ seq, bytes }) => !bytes.equals(Buffer.alloc(20_000, 65 + (seq % 26))));

test('bytes that a statement returned stay as they are, whatever the session reads later', async () => {
  const first = await blobs();
  await blobs();

  expect(first).toHaveLength(200);
  expect(damaged(first)).toEqual([]);
});

test('read in place, they are overwritten by what comes later', async () => {
  expect(damaged(await readInPlace(session, blobs)).length).toBeGreaterThan(0);
  expect(damaged(await blobs())).toEqual([]);
});
