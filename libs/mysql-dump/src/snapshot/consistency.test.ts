import { execFileSync } from 'node:child_process';
import { connect, mysqlErrorCode, type DatabaseConnection } from '@serverless-ops/mysql-connect';
import { DATABASE_FLAVORS, type DatabaseServer } from '@serverless-ops/test-servers';
import type { Connection } from 'mysql2/promise';
import type { DumpTable } from '../dump-table.ts';
import { dumpRows, type RowsReport } from '../dump-rows.ts';
import { databaseOf } from '../testing/database-of.ts';
import { memorySink } from '../testing/memory-sink.ts';
import { readDumpTables } from '../testing/read-dump-tables.ts';
import type { ConsistencyMethod } from './lock-methods.ts';
import { openSnapshot } from './open-snapshot.ts';
import { readTableStates } from './table-states.ts';

jest.setTimeout(120_000);

const WRITERS = 8;
const TABLES = ['a', 'b', 'c'];
const ROUNDS = 2;

/** What an account may do decides on the method. */
const METHODS: Record<DatabaseServer['flavor'], [ConsistencyMethod, string | undefined][]> = {
  mariadb: [
    ['backup-stage', 'RELOAD ON *.*'],
    ['table-locks', 'LOCK TABLES ON bank.*'],
    ['single-connection', undefined],
  ],
  mysql: [
    ['global-read-lock', 'RELOAD ON *.*'],
    ['table-locks', 'LOCK TABLES ON bank.*'],
    ['single-connection', undefined],
  ],
};

describe.each(DATABASE_FLAVORS.filter(({ isAvailable }) => isAvailable()))('on $flavor', ({ flavor, start }) => {
  let server: DatabaseServer;

  beforeAll(async () => {
    server = await start();
    await server.query('CREATE DATABASE bank');
    for (const table of TABLES) {
      await server.query(`CREATE TABLE ${table} (id INT PRIMARY KEY, money INT)`, 'bank');
      await server.query(
        `INSERT INTO ${table} VALUES ${Array.from({ length: 50 }, (_, id) => `(${id},1000)`).join()}`,
        'bank',
      );
    }
  });
  afterAll(async () => server.stop());

  test.each(METHODS[flavor === 'MariaDB' ? 'mariadb' : 'mysql'])(
    'no money is lost or made while writers move it: %s',
    async (method, right) => {
      const connection = await account(server, method, right);
      const writers = await startWriters(server);

      const sums: number[] = [];
      const methods: string[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const { report, dump } = await dumpBank(server, connection, 3);
        methods.push(report.snapshot.method);
        sums.push(moneyIn(dump));
      }

      const moves = await writers.stop();
      expect(methods).toEqual([method, method]);
      expect(sums).toEqual([150_000, 150_000]);
      expect(moves).toBeGreaterThan(WRITERS);
    },
  );

  test('a transaction that stays open is waited for a moment, and then one connection reads everything', async () => {
    const connection = await account(server, 'waiting', 'LOCK TABLES ON bank.*');
    const open = await connect(databaseOf(server, 'bank'));
    await open.query('START TRANSACTION');
    await open.query('UPDATE a SET money = money WHERE id = 1');

    const { report, dump } = await dumpBank(server, connection, 2);

    open.destroy();
    expect(report.snapshot.method).toBe('single-connection');
    expect(report.snapshot.passedOver.join()).toContain('table-locks: a long query or transaction');
    expect(moneyIn(dump)).toBe(150_000);
  });

  test('so many tables that writers would wait while they are locked are read by one connection', async () => {
    const connection = await account(server, 'many', 'LOCK TABLES ON bank.*');
    const session = await connect(connection);
    const states = await readTableStates(session);
    session.destroy();
    const [table] = await tablesOf(server);
    const begun: number[] = [];

    const snapshot = await openSnapshot({
      ...{ connection, states, sessions: 2, isDumped: () => true, signal: new AbortController().signal },
      tables: table === undefined ? [] : Array.from({ length: 501 }, () => table),
      begin: (sessions) => {
        begun.push(sessions);
        return Promise.resolve();
      },
    });

    snapshot.close();
    expect(begun).toEqual([1]);
    expect(snapshot.report).toMatchObject({ method: 'single-connection', lockedMs: 0 });
    expect(snapshot.report.passedOver.join()).toContain('table-locks: the database has 501 tables');
  });

  test('a table without transactions is named', async () => {
    await server.query('CREATE TABLE old (id INT) ENGINE = MyISAM', 'bank');

    const { report } = await dumpBank(server, databaseOf(server, 'bank'), 2);

    await server.query('DROP TABLE old', 'bank');
    expect(report.snapshot.notConsistent).toEqual(['old']);
  });
});

async function account(server: DatabaseServer, name: string, right: string | undefined): Promise<DatabaseConnection> {
  const user = name.replaceAll('-', '_');
  await server.query(`CREATE USER ${user} IDENTIFIED BY 'secret'`);
  await server.query(`GRANT SELECT ON bank.* TO ${user}`);
  if (right !== undefined) await server.query(`GRANT ${right} TO ${user}`);
  return { ...databaseOf(server, 'bank'), user, password: 'secret' };
}

async function dumpBank(
  server: DatabaseServer,
  connection: DatabaseConnection,
  parallelism: number,
): Promise<{ report: RowsReport; dump: Buffer }> {
  // As if they were big: a thread for each.
  const tables = (await tablesOf(server)).map((table) => ({ ...table, estimatedBytes: 20_000_000 }));
  const { sink, objects } = memorySink();
  const report = await dumpRows({ connection, tables, parallelism, sink, signal: new AbortController().signal });
  return { report, dump: Buffer.concat([...objects.values()]) };
}

async function tablesOf(server: DatabaseServer): Promise<DumpTable[]> {
  const session = await connect(databaseOf(server, 'bank'));
  const tables = await readDumpTables(session);
  session.destroy();
  return tables;
}

function moneyIn(dump: Buffer): number {
  const sql = execFileSync('zstd', ['-dc'], { input: dump }).toString();
  return [...sql.matchAll(/\(\d+,(-?\d+)\)/g)].reduce((sum, [, money]) => sum + Number(money), 0);
}

/** Sessions that move money between rows of different tables until they are stopped; gives how often they did. */
async function startWriters(server: DatabaseServer): Promise<{ stop: () => Promise<number> }> {
  let stopped = false;
  let moves = 0;
  const write = async (session: Connection, writer: number): Promise<void> => {
    for (let move = writer; !stopped; move++) {
      const [from, to] = [TABLES[move % 3], TABLES[(move + 1) % 3]];
      // Rows of its own for each writer: they wait for a dump, and not for each other.
      const id = writer * 6 + (move % 6);
      try {
        await session.query('START TRANSACTION');
        await session.query(`UPDATE ${from} SET money = money - 7 WHERE id = ${id}`);
        await session.query(`UPDATE ${to} SET money = money + 7 WHERE id = ${id}`);
        await session.query('COMMIT');
        moves++;
      } catch (error) {
        // LOCK TABLES can meet a transaction half way through its tables; the server then rolls that one back.
        if (mysqlErrorCode(error) !== 'ER_LOCK_DEADLOCK') throw error;
      }
    }
    session.destroy();
  };
  const sessions = await Promise.all(Array.from({ length: WRITERS }, async () => connect(databaseOf(server, 'bank'))));
  const writing = sessions.map(write);
  return {
    async stop() {
      stopped = true;
      await Promise.all(writing);
      return moves;
    },
  };
}
