import { startMariadb } from '@serverless-ops/test-servers';
import type { PlannedTable } from '../backup/restore-plan.ts';
import { sharedTableSetup } from './shared-table.ts';

jest.setTimeout(60_000);

const table = (...bytes: number[]): PlannedTable =>
  ({ parts: bytes.map((each) => ({ bytes: each })) }) as unknown as PlannedTable;

test('a session loads in bulk what it fills alone on MariaDB, if that is large', () => {
  expect(sharedTableSetup(table(5e7, 5e7), 'mariadb').map(String)).toEqual(['SET unique_checks=1']);
  expect(sharedTableSetup(table(500), 'mariadb').map(String)).toEqual(['SET unique_checks=1']);
  expect(sharedTableSetup(table(2e7), 'mariadb')).toEqual([]);
  expect(sharedTableSetup(table(5e7, 5e7), 'mysql')).toEqual([]);
});

test.each([
  [0, 'ER_LOCK_WAIT_TIMEOUT'],
  [1, undefined],
])(
  'with unique_checks=%d, a second session that fills an empty table of MariaDB ends with %s',
  async (checks, code) => {
    await using server = await startMariadb();
    await server.query('CREATE DATABASE shop');
    await server.query('CREATE TABLE t (id INT PRIMARY KEY)', 'shop');
    const [first, second] = [await server.connect('shop'), await server.connect('shop')];
    for (const session of [first, second]) {
      await session.query(`SET unique_checks=${checks}, foreign_key_checks=0, innodb_lock_wait_timeout=1`);
      await session.query('START TRANSACTION');
    }

    await first.query('INSERT INTO t VALUES (1)');
    const outcome = await second.query('INSERT INTO t VALUES (2)').catch((error: unknown) => error);

    expect((outcome as { code?: string }).code).toBe(code);
    await Promise.all([first.end(), second.end()]);
  },
);
