import { createHash } from 'node:crypto';
import type { BackupManifest } from '@serverless-ops/job-schemas';
import { createSampleDatabase, repeatableRandomNumbers, startMariadb } from '@serverless-ops/test-servers';
import { backUpToMemory, backupOf, type BackupInMemory } from './testing/backup-in-memory.ts';
import { restoreDatabase } from './restore-database.ts';

/** Look for more with `CORRUPTION_TRIALS=10000 npx jest libs/mysql-restore/src/corruption`. */
// eslint-disable-next-line no-restricted-properties -- a test has no other argument
const TRIALS = Number(process.env['CORRUPTION_TRIALS'] ?? 200);

jest.setTimeout(120_000 + TRIALS * 100);

type Random = (below: number) => number;
type Objects = Map<string, Buffer>;

/** What can happen to the objects of a backup that nobody has the key of. */
const DAMAGES: Record<string, (objects: Objects, other: Objects, random: Random) => void> = {
  'a flipped bit': (objects, _, random) => {
    const [key, bytes] = pick(objects, random);
    const flipped = Buffer.from(bytes);
    const at = random(flipped.length);
    flipped[at] = (flipped[at] ?? 0) ^ (1 << random(8));
    objects.set(key, flipped);
  },
  'an end that is cut off': (objects, _, random) => {
    const [key, bytes] = pick(objects, random);
    objects.set(key, bytes.subarray(0, random(bytes.length)));
  },
  'two parts that are swapped': (objects, _, random) => {
    const [key, bytes] = pick(objects, random);
    const at = 1 + random(bytes.length - 1);
    objects.set(key, Buffer.concat([bytes.subarray(at), bytes.subarray(0, at)]));
  },
  'two objects that are swapped': (objects, _, random) => {
    const [key, bytes] = pick(objects, random);
    const others = [...objects].filter(([name]) => name !== key);
    const [otherKey = '', otherBytes = bytes] = others[random(others.length)] ?? [];
    objects.set(key, otherBytes);
    objects.set(otherKey, bytes);
  },
  'an object that is gone': (objects, _, random) => {
    objects.delete(pick(objects, random)[0]);
  },
  'an object of another backup': (objects, other, random) => {
    const [key] = pick(objects, random);
    objects.set(key, other.get(key) ?? Buffer.alloc(0));
  },
  'more at an end': (objects, _, random) => {
    const [key, bytes] = pick(objects, random);
    objects.set(key, Buffer.concat([bytes, bytes.subarray(0, 1 + random(bytes.length - 1))]));
  },
};

function pick(objects: Objects, random: Random): [string, Buffer] {
  return [...objects][random(objects.size)] ?? ['', Buffer.alloc(0)];
}

/** What can be wrong with a manifest whose SHA-256 nobody compared. It contradicts the objects, or itself. */
const MISSTATEMENTS: Record<string, (manifest: BackupManifest, random: Random) => unknown> = {
  'a table of another name': (manifest, random) => void (tableOf(manifest, random).name += 'x'),
  'another number of rows': (manifest, random) => (tableOf(manifest, random).rows += 1),
  'another checksum': (manifest, random) => void (tableOf(manifest, random).checksum = '0123456789abcdef'),
  'a table less': (manifest, random) => manifest.tables.splice(random(manifest.tables.length), 1),
  'an object less': (manifest, random) => manifest.objects.splice(random(manifest.objects.length), 1),
  'a part less': (manifest) => tableWithRows(manifest).parts?.pop(),
  'a part twice': (manifest) =>
    tableWithRows(manifest).parts?.push(...(tableWithRows(manifest).parts?.slice(-1) ?? [])),
  'another hash': (manifest, random) =>
    void Object.assign(manifest.objects[random(manifest.objects.length)] ?? {}, {
      stored_sha256: createHash('sha256')
        .update(String(random(1000)))
        .digest('hex'),
    }),
};

function tableOf({ tables }: BackupManifest, random: Random): BackupManifest['tables'][number] {
  const table = tables[random(tables.length)];
  if (!table) throw new Error('The manifest has no table.');
  return table;
}

function tableWithRows({ tables }: BackupManifest): BackupManifest['tables'][number] {
  const table = tables.find(({ rows }) => rows > 0);
  if (!table) throw new Error('The manifest has no table with rows.');
  return table;
}

describe('a backup that is not as it was written', () => {
  let backup: BackupInMemory;
  let other: BackupInMemory;

  beforeAll(async () => {
    await using server = await startMariadb();
    await createSampleDatabase(server, { name: 'shop', rows: 1000 });
    backup = await backUpToMemory(server, 'shop');
    await server.query('CREATE TABLE another (id INT)', 'shop');
    await server.query('INSERT INTO another VALUES (1)', 'shop');
    other = await backUpToMemory(server, 'shop', { definer: 'strip' });
  });

  /** A restore that goes as far as to connect ends otherwise: there is no server. */
  const restore = (spoiled: BackupInMemory): Promise<unknown> =>
    restoreDatabase({
      ...{ backup: spoiled, database: 'target', jobId: 'job-1', signal: new AbortController().signal },
      connection: { host: '127.0.0.1', port: 1, user: 'nobody', password: '', tls: { mode: 'loopback' } },
    }).catch((error: unknown) => error);

  it('would go as far as to connect, if it were', async () => {
    expect(await restore(backup)).toMatchObject({ code: 'DatabaseUnreachable' });
  });

  test.each(Object.entries(DAMAGES))('is noticed before any statement: %s', async (_, damage) => {
    const random = repeatableRandomNumbers();
    for (let trial = 0; trial < TRIALS / Object.keys(DAMAGES).length; trial++) {
      const objects = new Map(backup.objects);
      damage(objects, other.objects, random);
      if (
        [...objects].every(([key, bytes]) => backup.objects.get(key)?.equals(bytes)) &&
        objects.size === backup.objects.size
      )
        continue;

      expect(await restore(backupOf(backup.manifest, objects))).toMatchObject({ code: 'BackupCorrupt' });
    }
  });

  test.each(Object.entries(MISSTATEMENTS))(
    'is noticed before any statement: a manifest with %s',
    async (_, misstate) => {
      const random = repeatableRandomNumbers();
      for (let trial = 0; trial < 3; trial++) {
        const manifest = structuredClone(backup.manifest);
        misstate(manifest, random);

        expect(await restore(backupOf(manifest, backup.objects))).toMatchObject({ code: 'BackupCorrupt' });
      }
    },
  );
});
