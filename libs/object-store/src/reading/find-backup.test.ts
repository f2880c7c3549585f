import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import type { BackupManifest } from '@serverless-ops/job-schemas';
import type { ScriptedS3Server } from '@serverless-ops/test-servers';
import type { Bucket } from '../bucket.ts';
import { startScriptedBucket, type ScriptedBucket } from '../testing/scripted-bucket.ts';
import { manifestOf, putObject, sha256, someObjects, storeBackup } from '../testing/store-backup.ts';
import { findBackup } from './find-backup.ts';

const folder = { s3Path: 'backups', dbName: 'shop', dbEnv: 'demo' };
const ID = '20261122T021530Z-9f86d081';
const prefix = `backups/shop/demo/${ID}`;
const ROWS_KEY = '2-rows-00001.sql.zst';

let s3: ScriptedS3Server;
let stop: ScriptedBucket['stop'];
let bucket: Bucket;

beforeEach(async () => {
  ({ s3, bucket, stop } = await startScriptedBucket({ readPatienceMs: 0 }));
});

afterEach(() => stop());

const store = (id = ID, change?: (manifest: BackupManifest) => BackupManifest): Promise<void> =>
  storeBackup(bucket, 'backups/shop/demo', id, change);
const refusal = (code: string, ...words: string[]) => ({
  code,
  message: expect.stringMatching(new RegExp(words.join('[^]*'))) as string,
});
/** The objects of the backup, one of them changed. */
const bytesOf = (key: string): Buffer => Buffer.concat(someObjects()[key] ?? []);

describe('findBackup', () => {
  it('finds a backup by its id, with its manifest and a folder that fits', async () => {
    await store();
    const found = await findBackup(bucket, folder, ID);
    expect(found).toMatchObject({ backupId: ID, prefix, engine: 'parallel', folderProblems: [] });
    expect(found.manifest).toEqual(manifestOf(ID));
  });

  it('finds the newest one that has a manifest as latest', async () => {
    await store('20261121T000000Z-00000000');
    await store();
    await putObject(bucket, 'backups/shop/demo/20261123T000000Z-00000000/1-tables.sql.zst', 'a backup that runs');
    expect((await findBackup(bucket, folder, 'latest')).backupId).toBe(ID);
  });

  it.each([
    ['latest', 'There is no backup in s3://backups/backups/shop/demo/. Order db_backup first'],
    [ID, `There is no backup s3://backups/${prefix}/. The folder is empty. .*aws s3 ls`],
  ])('says that there is none: %s', async (id, words) => {
    await expect(findBackup(bucket, folder, id)).rejects.toMatchObject(refusal('BackupNotFound', words));
  });

  it.each(['latest', ID])('takes a folder without a manifest for none: %s', async (id) => {
    await putObject(bucket, `${prefix}/1-tables.sql.zst`, 'text');
    await expect(findBackup(bucket, folder, id)).rejects.toMatchObject(refusal('BackupNotFound', 'no manifest.json'));
  });

  describe('refuses a manifest', () => {
    const manifest = (change: object): string => JSON.stringify({ ...manifestOf(ID), ...change });

    it.each([
      ['that is no JSON', '{', 'BackupCorrupt', 'is not JSON'],
      ['that is malformed', manifest({ objects: 1, tables: [{}] }), 'BackupCorrupt', 'manifest.objects.*tables'],
      ['that is null', 'null', 'BackupCorrupt', 'is malformed'],
      ['of another backup', manifest({ backup_id: 'other' }), 'BackupCorrupt', 'belongs to the backup other'],
      ['of a later version', manifest({ manifest_version: 3, new: 1 }), 'BackupUnreadable', 'version 3.*newer'],
      ['of an earlier version', manifest({ manifest_version: 1 }), 'BackupUnreadable', 'version 1.*older'],
    ])('%s', async (_, text, code, words) => {
      await putObject(bucket, `${prefix}/manifest.json`, text);
      await expect(findBackup(bucket, folder, ID)).rejects.toMatchObject(refusal(code, words));
    });

    it('that is not as it was stored', async () => {
      await store();
      // The server keeps the object's metadata with it, as a disk under it that flips a bit would.
      const stored = s3.object('backups', `${prefix}/manifest.json`);
      const changed = (stored?.body.toString() ?? '').replace('50003', '50004');

      await putObject(bucket, `${prefix}/manifest.json`, changed, stored?.metadata);
      await expect(findBackup(bucket, folder, ID)).rejects.toMatchObject(refusal('BackupCorrupt', 'SHA-256'));
    });
  });

  it('names every difference between folder and manifest at once', async () => {
    await store();
    await putObject(bucket, `${prefix}/1-tables.sql.zst`, 'cut');
    await putObject(bucket, `${prefix}/extra.sql.zst`, 'text');
    await bucket.client.send(new DeleteObjectCommand({ Bucket: 'backups', Key: `${prefix}/3-objects.sql.zst` }));

    const { folderProblems } = await findBackup(bucket, folder, ID);

    expect(folderProblems).toEqual([
      `1-tables.sql.zst has 3 bytes, the manifest says ${bytesOf('1-tables.sql.zst').length}`,
      '3-objects.sql.zst is missing',
      'extra.sql.zst is not in the manifest',
    ]);
  });

  it('names parts of tables that are in no object', async () => {
    await store(ID, (manifest) => ({
      ...manifest,
      tables: [
        {
          name: 'orders',
          rows: 1,
          parts: [
            { object: 'gone.sql.zst', offset: 0, stored_bytes: 1, bytes: 1, rows: 1 },
            { object: ROWS_KEY, offset: 1_000_000, stored_bytes: 1, bytes: 1, rows: 1 },
          ],
        },
      ],
    }));
    expect((await findBackup(bucket, folder, ID)).folderProblems).toEqual([
      'The table orders has a part in gone.sql.zst, which is not in the manifest',
      `The table orders has a part that ends after ${ROWS_KEY}`,
    ]);
  });
});

describe('a backup that was found', () => {
  it('reads, verifies and decodes its objects', async () => {
    await store();
    const found = await findBackup(bucket, folder, ID);
    let bytes = 0;
    const decoded: number[] = [];
    for (const { key } of found.manifest.objects) {
      await found.verifyObject(key, { onBytes: (read) => (bytes += read) });
      decoded.push((await found.decodeObject(key)).bytes);
    }
    expect(bytes).toBe(found.storedBytes);
    expect(decoded).toEqual(found.manifest.objects.map((object) => object.bytes));

    const range = found.manifest.tables[0]?.parts?.[4];
    const chunks: Uint8Array[] = [];
    for await (const chunk of found.read(ROWS_KEY, {
      range: { offset: range?.offset ?? 0, bytes: range?.stored_bytes ?? 0 },
    })) {
      chunks.push(chunk);
    }
    expect(Buffer.concat(chunks).equals(someObjects()[ROWS_KEY]?.[1] ?? Buffer.alloc(0))).toBe(true);
  });

  it('is bound to the objects that were there when it was found', async () => {
    await store();
    const found = await findBackup(bucket, folder, ID);
    // The same length, and so the same size in a listing.
    await putObject(bucket, `${prefix}/${ROWS_KEY}`, Buffer.alloc(bytesOf(ROWS_KEY).length));
    const replaced = refusal('BackupCorrupt', 'replaced the object');
    await expect(found.verifyObject(ROWS_KEY)).rejects.toMatchObject(replaced);
    await expect(found.decodeObject(ROWS_KEY)).rejects.toMatchObject(replaced);
  });

  it('refuses an object that is missing, of another size, or unknown', async () => {
    await store();
    await putObject(bucket, `${prefix}/${ROWS_KEY}`, 'cut');
    const found = await findBackup(bucket, folder, ID);
    await expect(found.verifyObject(ROWS_KEY)).rejects.toMatchObject(refusal('BackupCorrupt', 'has 3 bytes'));
    await expect(found.verifyObject('other')).rejects.toMatchObject(refusal('BackupCorrupt', 'not in the manifest'));
    expect(() => found.read('other')).toThrow('is missing');
  });

  it.each([
    ['another length of its SQL', { bytes: 7 }, 'bytes of SQL, the manifest says 7'],
    ['another SHA-256 of its SQL', { sha256: 'a'.repeat(64) }, 'SHA-256 of its SQL'],
  ])('is corrupt with %s', async (_, change, words) => {
    await store(ID, (manifest) => ({
      ...manifest,
      objects: manifest.objects.map((object) => (object.key === ROWS_KEY ? { ...object, ...change } : object)),
    }));
    const found = await findBackup(bucket, folder, ID);
    await expect(found.verifyObject(ROWS_KEY)).resolves.toBeUndefined();
    await expect(found.decodeObject(ROWS_KEY)).rejects.toMatchObject(refusal('BackupCorrupt', words));
  });

  it.each([
    ['that begins in a frame', { offset: 5 }, 'cannot be decoded'],
    ['that ends in a frame', { stored_bytes: 5 }, 'cannot be decoded: it ends in the middle'],
    ['of another length', { bytes: 1 }, 'part of the table orders at 0, the manifest says 1'],
  ])('is corrupt with a part %s', async (_, change, words) => {
    await store(ID, (manifest) => ({
      ...manifest,
      tables: manifest.tables.map((table) => ({
        ...table,
        parts: table.parts?.map((part, index) => (index === 3 ? { ...part, ...change } : part)),
      })),
    }));
    const found = await findBackup(bucket, folder, ID);
    await expect(found.decodeObject(ROWS_KEY)).rejects.toMatchObject(refusal('BackupCorrupt', words));
  });

  it('tells a changed byte from one that was written so', async () => {
    const damaged = bytesOf(ROWS_KEY);
    damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 1;
    await store();
    await putObject(bucket, `${prefix}/${ROWS_KEY}`, damaged);
    const changed = await findBackup(bucket, folder, ID);
    await expect(changed.decodeObject(ROWS_KEY)).rejects.toMatchObject(
      refusal('BackupCorrupt', 'does not have the SHA-256 of the manifest'),
    );

    const other = '20261123T000000Z-00000000';
    await store(other, (manifest) => ({
      ...manifest,
      objects: manifest.objects.map((object) =>
        object.key === ROWS_KEY ? { ...object, stored_sha256: sha256(damaged) } : object,
      ),
    }));
    await putObject(bucket, `backups/shop/demo/${other}/${ROWS_KEY}`, damaged);
    const written = await findBackup(bucket, folder, other);
    await expect(written.decodeObject(ROWS_KEY)).rejects.toMatchObject(
      refusal('BackupCorrupt', 'cannot be decoded: .*wrote it in this way'),
    );
  });

  it('ends with the reason of its signal', async () => {
    await store();
    const found = await findBackup(bucket, folder, ID);
    const stopped = new Error('stopped');
    const signal = AbortSignal.abort(stopped);
    await expect(found.verifyObject(ROWS_KEY, { signal })).rejects.toBe(stopped);
    await expect(found.decodeObject(ROWS_KEY, { signal })).rejects.toBe(stopped);
  });
});
