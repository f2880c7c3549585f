import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { JOB_KINDS } from '@serverless-ops/job-schemas';
import type { BackupUpload } from '@serverless-ops/object-store';
import {
  DATABASE_FLAVORS,
  differences,
  exactFacts,
  mysqlClientFolder,
  type DatabaseServer,
} from '@serverless-ops/test-servers';
import { someContext } from '../testing/some-job.ts';
import type { SentDump } from './dump-engine.ts';
import { dumpInParallel } from './parallel-engine.ts';

jest.setTimeout(120_000);

const ODD = 'it\'s "a `table` $(x) \\ x\n of 2';

for (const { flavor, start, isAvailable } of DATABASE_FLAVORS) {
  (isAvailable() ? describe : describe.skip)(`the commands of a manifest, in Bash, on ${flavor}`, () => {
    let server: DatabaseServer;
    let folder: string;
    let restore: SentDump['restore'];
    beforeAll(async () => {
      server = await start();
      folder = await mkdtemp(join(tmpdir(), 'serverless-ops-restore-'));
      await server.query('CREATE DATABASE shop CHARACTER SET latin1');
      for (const sql of [
        `CREATE TABLE ${quoted(ODD)} (id INT PRIMARY KEY, name VARCHAR(50) CHARACTER SET utf8mb4)`,
        `INSERT INTO ${quoted(ODD)} VALUES (1, 'it''s'), (2, '🚚')`,
        'CREATE PROCEDURE p() SELECT 1 -- the end',
      ]) {
        await server.query(sql, 'shop');
      }
      const connection = await server.connect('shop');
      await connection.query('SET innodb_strict_mode = 0');
      await connection.query('CREATE TABLE lax (a INT) ENGINE = InnoDB ROW_FORMAT = DYNAMIC KEY_BLOCK_SIZE = 4');
      await connection.query('INSERT INTO lax VALUES (7)');
      await connection.end();

      restore = await backUp(server, 'shop', folder);
      const login = `[client]\nhost=${server.host}\nport=${server.port}\nuser=root\npassword="${server.rootPassword}"\n`;
      await writeFile(join(folder, '.my.cnf'), login, { mode: 0o600 });
    });
    afterAll(async () => {
      await server.stop();
      await rm(folder, { recursive: true });
    });

    test('restore the whole database', async () => {
      await server.query('CREATE DATABASE `shop 2`');

      await bash(restore.all.replace('DATABASE', "'shop 2'"));

      const [source, target] = await Promise.all([factsOf('shop'), factsOf('shop 2')]);
      expect(differences(source, target)).toEqual([]);
    });

    test.each([ODD, 'lax'])('restore the table %p alone', async (table) => {
      await server.query('CREATE DATABASE one CHARACTER SET latin1');

      await bash((restore.one_table ?? '').replace('TABLE', shellQuoted(table)).replace('DATABASE', 'one'));

      expect(Object.values((await server.query('SHOW TABLES', 'one'))[0] ?? {})).toEqual([table]);
      const [source, target] = await Promise.all([factsOf('shop'), factsOf('one')]);
      const ofTable = differences(source, target).filter(({ b }) => b !== undefined);
      expect(ofTable).toEqual([]);
      await server.query('DROP DATABASE one');
    });

    async function bash(command: string): Promise<void> {
      const clients = server.flavor === 'mysql' ? `${mysqlClientFolder()}:` : '';
      const script = `export HOME=${folder} PATH=${clients}$PATH; ${command}`;
      await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script], { cwd: folder });
    }

    async function factsOf(database: string): ReturnType<typeof exactFacts> {
      return exactFacts({ server, database });
    }
  });
}

/** The objects and the manifest in a folder, as `aws s3 cp --recursive` brings them there. */
async function backUp(server: DatabaseServer, database: string, folder: string): Promise<SentDump['restore']> {
  const { host, port, rootPassword: password } = server;
  const upload: BackupUpload = {
    async send({ key, source }) {
      await writeFile(join(folder, key), source);
      return { key, storedBytes: 0, storedSha256: '' };
    },
    commit: () => Promise.resolve(),
    discard: () => Promise.resolve(),
  };
  const dump = await dumpInParallel(
    {
      options: JOB_KINDS.db_backup.options.parse({ db_name: 'shop', db_env: 'test' }),
      connection: { host, port, user: 'root', password, database, tls: { mode: 'loopback' } },
      upload,
    },
    someContext(),
  );
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(dump));
  return dump.restore;
}

function quoted(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
