import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import type { ScriptedS3Server } from '@serverless-ops/test-servers';
import fc from 'fast-check';
import type { Bucket } from '../bucket.ts';
import { startScriptedBucket, type ScriptedBucket } from '../testing/scripted-bucket.ts';
import { putObject, storeBackup } from '../testing/store-backup.ts';
import { findBackup } from './find-backup.ts';
import { verifyBackup, type VerifiedBackup } from './verify-backup.ts';

const folder = { s3Path: 'backups', dbName: 'shop', dbEnv: 'demo' };
const ID = '20261122T021530Z-9f86d081';
const OTHER_ID = '20261123T000000Z-00000000';
const prefix = `backups/shop/demo/${ID}`;
const KEYS = ['1-tables.sql.zst', '2-rows-00001.sql.zst', '3-objects.sql.zst'] as const;

const TRIALS = 150;

let s3: ScriptedS3Server;
let stop: ScriptedBucket['stop'];
let bucket: Bucket;

beforeEach(async () => {
  ({ s3, bucket, stop } = await startScriptedBucket({ readPatienceMs: 0 }));
  await storeBackup(bucket, 'backups/shop/demo', ID);
});

afterEach(() => stop());

const verified = async (id = ID): Promise<VerifiedBackup> => verifyBackup(await findBackup(bucket, folder, id));
const stored = (key: string): Buffer => s3.object('backups', `${prefix}/${key}`)?.body ?? Buffer.alloc(0);

describe('verifyBackup', () => {
  it('finds no problem in a backup that is as it was written, and counts what it read', async () => {
    let read = 0;
    const backup = await findBackup(bucket, folder, ID);
    expect(await verifyBackup(backup, { onBytes: (bytes) => (read += bytes) })).toEqual({
      problems: [],
      objects: 3,
      storedBytes: backup.storedBytes,
      bytes: backup.manifest.objects.reduce((sum, { bytes }) => sum + bytes, 0),
    });
    expect(read).toBe(backup.storedBytes);
  });

  it('names every problem at once', async () => {
    const damaged = stored(KEYS[0]);
    damaged[3] = 0;
    await putObject(bucket, `${prefix}/${KEYS[0]}`, damaged);
    await putObject(bucket, `${prefix}/${KEYS[1]}`, stored(KEYS[1]).subarray(1));
    await putObject(bucket, `${prefix}/note.txt`, 'text');
    await bucket.client.send(new DeleteObjectCommand({ Bucket: 'backups', Key: `${prefix}/${KEYS[2]}` }));

    expect((await verified()).problems).toEqual([
      expect.stringMatching(/^2-rows-00001\.sql\.zst has \d+ bytes, the manifest says \d+$/),
      '3-objects.sql.zst is missing',
      'note.txt is not in the manifest',
      '1-tables.sql.zst does not have the SHA-256 of the manifest',
    ]);
  });

  it('names a table whose parts have not its rows', async () => {
    await storeBackup(bucket, 'backups/shop/demo', OTHER_ID, (manifest) => ({
      ...manifest,
      tables: manifest.tables.map((table) => ({ ...table, rows: 7 })),
    }));
    expect((await verified(OTHER_ID)).problems).toEqual([
      'The table orders has 7 rows in the manifest, and its parts have 50003',
    ]);
  });

  it('ends with the error when S3 refuses, and reads no further object', async () => {
    const backup = await findBackup(bucket, folder, ID);
    s3.recorded.length = 0;
    s3.script.push({ operation: 'GetObject', times: 9, fault: { kind: 'error', status: 403, code: 'AccessDenied' } });
    await expect(verifyBackup(backup)).rejects.toMatchObject({ code: 'AccessDenied' });
    expect(s3.recorded.length).toBeLessThanOrEqual(2);
  });

  it('ends with the reason of its signal', async () => {
    const stopped = new Error('stopped');
    const backup = await findBackup(bucket, folder, ID);
    await expect(verifyBackup(backup, { signal: AbortSignal.abort(stopped) })).rejects.toBe(stopped);
  });

  it(`notices ${TRIALS} random kinds of damage, to data and manifest`, async () => {
    const keys = [...KEYS, 'manifest.json'];
    const original = new Map(keys.map((each) => [each, stored(each)]));
    const metadata = new Map(keys.map((each) => [each, s3.object('backups', `${prefix}/${each}`)?.metadata]));
    const key = fc.constantFrom(...keys);
    const damage = fc.oneof(
      fc.record({
        how: fc.constant('flip' as const),
        key,
        at: fc.double({ min: 0, max: 0.999, noNaN: true }),
        bit: fc.nat({ max: 7 }),
      }),
      fc.record({ how: fc.constant('cut' as const), key, at: fc.double({ min: 0, max: 0.999, noNaN: true }) }),
      fc.record({ how: fc.constant('drop' as const), key }),
      fc.record({ how: fc.constant('swap' as const), key, other: key }),
      fc.record({ how: fc.constant('reorder' as const), key, at: fc.double({ min: 0.001, max: 0.999, noNaN: true }) }),
    );
    await fc.assert(
      fc.asyncProperty(damage, async (what) => {
        const bytes = original.get(what.key) ?? Buffer.alloc(0);
        const object = `${prefix}/${what.key}`;
        if (what.how === 'drop') await bucket.client.send(new DeleteObjectCommand({ Bucket: 'backups', Key: object }));
        else await putObject(bucket, object, damaged(bytes, what), metadata.get(what.key));
        const isSame = s3.object('backups', object)?.body.equals(bytes) ?? false;

        const isNoticed = await verified().then(
          ({ problems }) => problems.length > 0,
          () => true,
        );
        expect(isNoticed).toBe(!isSame);

        await putObject(bucket, object, bytes, metadata.get(what.key));
      }),
      { numRuns: TRIALS },
    );

    type Damage = Exclude<typeof damage extends fc.Arbitrary<infer Each> ? Each : never, { how: 'drop' }>;
    function damaged(bytes: Buffer, what: Damage): Buffer {
      if (what.how === 'swap') return original.get(what.other) ?? bytes;
      const at = Math.floor(what.at * bytes.length);
      if (what.how === 'cut') return bytes.subarray(0, at);
      if (what.how === 'reorder') return Buffer.concat([bytes.subarray(at), bytes.subarray(0, at)]);
      const flipped = Buffer.from(bytes);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << what.bit);
      return flipped;
    }
  }, 120_000);
});
