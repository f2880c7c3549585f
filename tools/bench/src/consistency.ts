import { execFileSync } from 'node:child_process';
import { dumpDatabase } from '@serverless-ops/mysql-dump';
import type { DatabaseServer } from '@serverless-ops/test-servers';
import { markdownTable } from './markdown-table.ts';

const DATABASE = 'bank';
const WRITERS = 8;
const TABLES = ['a', 'b', 'c', 'd'];
const ACCOUNTS = 100;
const MONEY = 1000;
/** So many bytes in every table, so that each thread has one to read. */
const FILLING = 'x'.repeat(200);
const FILLED_ROWS = 20_000;

const BACKUPS = 100;
/** How long writers are watched without a backup. */
const BASELINE_MS = 5000;

/** What an account may do decides on the method. */
const RIGHTS: Record<DatabaseServer['flavor'], Readonly<Record<string, string | undefined>>> = {
  mariadb: {
    'backup-stage': 'RELOAD ON *.*',
    'table-locks': `LOCK TABLES ON ${DATABASE}.*`,
    'single-connection': undefined,
  },
  mysql: {
    'global-read-lock': 'RELOAD ON *.*',
    'table-locks': `LOCK TABLES ON ${DATABASE}.*`,
    'single-connection': undefined,
  },
};

/** Backs a database up while its writers move money between tables: a table with what came of it, by method. */
export async function consistencyUnderWriters(server: DatabaseServer): Promise<string> {
  await createBank(server);
  const rows: string[][] = [];
  for (const [method, right] of Object.entries(RIGHTS[server.flavor])) {
    const user = method.replaceAll('-', '_');
    await server.query(`CREATE USER ${user} IDENTIFIED BY 'secret'`);
    await server.query(`GRANT SELECT ON ${DATABASE}.* TO ${user}`);
    if (right !== undefined) await server.query(`GRANT ${right} TO ${user}`);
    rows.push(await backUpUnderWriters(server, method, user));
  }
  return markdownTable([
    [
      'method',
      'backups with the exact total',
      'money moved',
      'longest lock',
      'longest wait of a writer',
      'without backups',
      'rolled back',
    ],
    ...rows,
  ]);
}

async function backUpUnderWriters(server: DatabaseServer, method: string, user: string): Promise<string[]> {
  const writers = startWriters(server);
  await new Promise((resolve) => setTimeout(resolve, BASELINE_MS));
  const withoutBackups = writers.takeLongestMs();
  let exact = 0;
  let longestLockMs = 0;
  for (let backup = 0; backup < BACKUPS; backup += 1) {
    const pieces: Buffer[] = [];
    const { snapshot } = await dumpDatabase({
      connection: {
        ...{ host: server.host, port: server.port, user, password: 'secret', database: DATABASE },
        tls: { mode: 'loopback' },
      },
      parallelism: 3,
      signal: new AbortController().signal,
      send: async (_, source) => {
        const stored: Buffer[] = [];
        for await (const piece of source) stored.push(Buffer.from(piece));
        pieces.push(...stored);
        return { storedBytes: Buffer.concat(stored).length, storedSha256: '' };
      },
    });
    if (snapshot.method !== method) throw new Error(`The backup took the method ${snapshot.method} for ${method}.`);
    longestLockMs = Math.max(longestLockMs, snapshot.lockedMs);
    if (total(pieces) === TABLES.length * ACCOUNTS * MONEY) exact += 1;
  }
  const longest = writers.takeLongestMs();
  const { moves, rolledBack } = await writers.stop();
  const ms = (value: number): string => `${value.toFixed(0)} ms`;
  return [
    method,
    `${exact} of ${BACKUPS}`,
    `${moves} times`,
    ms(longestLockMs),
    ms(longest),
    ms(withoutBackups),
    String(rolledBack),
  ];
}

async function createBank(server: DatabaseServer): Promise<void> {
  await server.query(`CREATE DATABASE ${DATABASE}`);
  for (const table of TABLES) {
    await server.query(`CREATE TABLE ${table} (id INT PRIMARY KEY, money INT, filling CHAR(200))`, DATABASE);
    const rows = Array.from({ length: FILLED_ROWS }, (_, id) => `(${id},${id < ACCOUNTS ? MONEY : 0},'${FILLING}')`);
    await server.query(`INSERT INTO ${table} VALUES ${rows.join()}`, DATABASE);
    await server.query(`ANALYZE TABLE ${table}`, DATABASE);
  }
}

/** What the rows of a dump add up to, read from its SQL. */
function total(pieces: readonly Buffer[]): number {
  const sql = execFileSync('zstd', ['-dc'], { input: Buffer.concat(pieces), maxBuffer: 1024 ** 3 }).toString();
  return [...sql.matchAll(/\(\d+,(-?\d+),'/g)].reduce((sum, [, money]) => sum + Number(money), 0);
}

interface Writers {
  /** The longest transaction since the last call. */
  readonly takeLongestMs: () => number;
  readonly stop: () => Promise<{ moves: number; rolledBack: number }>;
}

/** Sessions that move money between rows of different tables until they are stopped. */
function startWriters(server: DatabaseServer): Writers {
  let stopped = false;
  let longestMs = 0;
  let moves = 0;
  let rolledBack = 0;
  const write = async (writer: number): Promise<void> => {
    const session = await server.connect(DATABASE);
    for (let move = writer; !stopped; move += 1) {
      const [from, to] = [TABLES[move % TABLES.length], TABLES[(move + 1) % TABLES.length]];
      // Rows of its own for each writer: they wait for a backup, and not for each other.
      const id = writer * 12 + (move % 12);
      const startedMs = performance.now();
      try {
        await session.query('START TRANSACTION');
        await session.query(`UPDATE ${from} SET money = money - 7 WHERE id = ${id}`);
        await session.query(`UPDATE ${to} SET money = money + 7 WHERE id = ${id}`);
        await session.query('COMMIT');
        moves += 1;
      } catch {
        // LOCK TABLES can meet a transaction half way through its tables; the server then rolls that one back.
        rolledBack += 1;
      }
      longestMs = Math.max(longestMs, performance.now() - startedMs);
    }
    await session.end();
  };
  const writing = Array.from({ length: WRITERS }, (_, writer) => write(writer));
  return {
    takeLongestMs: () => {
      const taken = longestMs;
      longestMs = 0;
      return taken;
    },
    stop: async () => {
      stopped = true;
      await Promise.all(writing);
      return { moves, rolledBack };
    },
  };
}
