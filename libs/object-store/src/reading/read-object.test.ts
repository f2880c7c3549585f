import { randomBytes } from 'node:crypto';
import { S3Client } from '@aws-sdk/client-s3';
import { startScriptedS3Server, type S3Fault, type ScriptedS3Server } from '@serverless-ops/test-servers';
import type { Bucket } from '../bucket.ts';
import { S3_CLIENT_DEFAULTS } from '../s3-client-defaults.ts';
import { putObject } from '../testing/store-backup.ts';
import { listObjects, type ListedObject } from './listed-object.ts';
import { readObject, type ReadOptions } from './read-object.ts';

const whole = randomBytes(3 * 1024 ** 2);

let s3: ScriptedS3Server;
let client: S3Client;
let bucket: Bucket;
let object: ListedObject;

beforeEach(async () => {
  s3 = await startScriptedS3Server();
  client = new S3Client({
    ...S3_CLIENT_DEFAULTS,
    ...s3.clientConfig,
    maxAttempts: 1,
    requestHandler: { socketTimeout: 300 },
  });
  bucket = { client, bucket: 'backups' };
  await putObject(bucket, 'key', whole);
  for await (const listed of listObjects(bucket, 'key')) object = listed;
  s3.recorded.length = 0;
});

afterEach(async () => {
  client.destroy();
  await s3.stop();
});

async function read(options?: ReadOptions): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of readObject(bucket, object, options)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const ranges = (): (string | undefined)[] => s3.recorded.map(({ headers }) => headers['range']);

describe('readObject', () => {
  it('gives all bytes of an object', async () => {
    expect((await read()).equals(whole)).toBe(true);
    expect(ranges()).toEqual(['bytes=0-3145727']);
  });

  it('gives the bytes of a range, and nothing for an empty one', async () => {
    expect((await read({ range: { offset: 10, bytes: 1_000 } })).equals(whole.subarray(10, 1_010))).toBe(true);
    expect(await read({ range: { offset: 10, bytes: 0 } })).toHaveLength(0);
    expect(ranges()).toEqual(['bytes=10-1009']);
  });

  it.each<[string, S3Fault]>([
    ['is cut', { kind: 'cut-answer', afterBytes: 1_000_000 }],
    ['falls silent', { kind: 'stalled-answer', afterBytes: 1_000_000 }],
  ])('goes on where it broke when an answer %s', async (_, fault) => {
    s3.script.push({ operation: 'GetObject', times: 2, fault });

    expect((await read()).equals(whole)).toBe(true);

    expect(ranges()).toEqual(['bytes=0-3145727', 'bytes=1000000-3145727', 'bytes=2000000-3145727']);
  });

  it.each<[string, S3Fault]>([
    ['is a fault of S3', { kind: 'error', status: 503, code: 'SlowDown' }],
    ['is lost', { kind: 'lost-reply' }],
    ['does not come', { kind: 'stall' }],
  ])('asks again when the answer %s', async (_, fault) => {
    s3.script.push({ operation: 'GetObject', fault });
    expect((await read()).equals(whole)).toBe(true);
  });

  it.each<[S3Fault, string]>([
    [{ kind: 'error', status: 503, code: 'SlowDown' }, 'ServiceThrottled'],
    [{ kind: 'cut-answer', afterBytes: 0 }, 'ServiceUnreachable'],
  ])('gives up when no byte comes for too long: %j', async (fault, code) => {
    bucket = { ...bucket, readPatienceMs: 400 };
    s3.script.push({ operation: 'GetObject', times: 99, fault });
    await expect(read()).rejects.toMatchObject({
      code,
      message: expect.stringContaining('s3://backups/key') as string,
    });
  });

  it('refuses another object under the same key, also in the middle', async () => {
    const reading = readObject(bucket, object);
    s3.script.push({ operation: 'GetObject', fault: { kind: 'cut-answer', afterBytes: 1_000_000 } });
    const first = await reading.next();
    expect(first.done).toBe(false);
    await putObject(bucket, 'key', randomBytes(whole.length));

    await expect(
      (async () => {
        for await (const _ of reading);
      })(),
    ).rejects.toMatchObject({ code: 'BackupCorrupt', message: expect.stringContaining('replaced') as string });
  });

  it.each([
    [{ status: 404, code: 'NoSuchKey' }, 'BackupCorrupt', 'it is gone'],
    [{ status: 403, code: 'AccessDenied' }, 'AccessDenied', 's3:GetObject'],
    [{ status: 403, code: 'InvalidObjectState' }, 'BackupUnreadable', 'aws s3api restore-object'],
  ])('says what is wrong when S3 answers %j, and does not ask again', async (answer, code, words) => {
    s3.script.push({ operation: 'GetObject', fault: { kind: 'error', ...answer } });
    await expect(read()).rejects.toMatchObject({ code, message: expect.stringContaining(words) as string });
    expect(s3.recorded).toHaveLength(1);
  });

  it('refuses a range that the object does not have, without a request', async () => {
    await expect(read({ range: { offset: whole.length - 1, bytes: 2 } })).rejects.toMatchObject({
      code: 'BackupCorrupt',
    });
    expect(s3.recorded).toEqual([]);
  });

  it.each<[string, S3Fault]>([
    ['an answer that is silent', { kind: 'stalled-answer', afterBytes: 1_000 }],
    ['a request', { kind: 'stall' }],
  ])('ends at once with the reason of its signal, in %s', async (_, fault) => {
    const stop = new AbortController();
    s3.script.push({ operation: 'GetObject', fault });
    const stopped = new Error('stopped');
    const reading = read({ signal: stop.signal });
    setImmediate(() => stop.abort(stopped));
    await expect(reading).rejects.toBe(stopped);
  });

  it('closes its connection when its reader stops in the middle', async () => {
    for await (const chunk of readObject(bucket, object)) if (chunk.length > 0) break;
    // A connection that was still in use would not carry the next request to its end.
    expect((await read({ range: { offset: 0, bytes: 5 } })).equals(whole.subarray(0, 5))).toBe(true);
  });
});
