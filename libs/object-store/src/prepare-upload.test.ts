import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { S3Client } from '@aws-sdk/client-s3';
import { JobError } from '@serverless-ops/job-schemas';
import { startScriptedS3Server, type ScriptedS3Fault, type ScriptedS3Server } from '@serverless-ops/test-servers';
import fc from 'fast-check';
import type { Bucket } from './bucket.ts';
import { prepareUpload, type StoredObject, type UploadOptions } from './prepare-upload.ts';
import { S3_CLIENT_DEFAULTS } from './s3-client-defaults.ts';

const MIB = 1024 ** 2;
const key = 'backups/shop/demo/id/dump.sql.zst';
const twentyMib = randomBytes(20 * MIB);

let s3: ScriptedS3Server;
let client: S3Client;
let bucket: Bucket;

beforeEach(async () => {
  s3 = await startScriptedS3Server();
  client = new S3Client({
    ...S3_CLIENT_DEFAULTS,
    ...s3.clientConfig,
    maxAttempts: 2,
    requestHandler: { socketTimeout: 1_000 },
  });
  bucket = { client, bucket: 'backups', commitPatienceMs: 0 };
});

afterEach(async () => {
  client.destroy();
  await s3.stop();
});

/** Both steps: all of the object is sent, then shown. */
async function send(options: UploadOptions): Promise<StoredObject> {
  const prepared = await prepareUpload(bucket, options);
  await prepared.complete();
  return prepared.object;
}

function upload(source: AsyncIterable<Uint8Array> | Uint8Array = twentyMib, signal?: AbortSignal) {
  const stream = source instanceof Uint8Array ? chunked(source) : source;
  return send({ key, source: stream, contentType: 'application/zstd', ...(signal && { signal }) });
}

async function* chunked(bytes: Uint8Array, chunkBytes = 64 * 1024): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += chunkBytes) {
    yield await Promise.resolve(bytes.subarray(start, start + chunkBytes));
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function operations(): string[] {
  return s3.recorded.map(({ operation }) => operation);
}

async function failureOf(promise: Promise<unknown>): Promise<JobError> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(JobError);
  return error as JobError;
}

function expectNothingLeft(): void {
  expect(s3.object('backups', key)).toBeUndefined();
  expect(s3.openUploads()).toEqual([]);
}

describe('an upload', () => {
  it('stores what it read, with size, hash and content type', async () => {
    const stored = await upload();

    expect(stored).toEqual({ key, storedBytes: 20_971_520, storedSha256: sha256(twentyMib) });
    expect(s3.object('backups', key)?.body.equals(twentyMib)).toBe(true);
    expect(s3.object('backups', key)?.contentType).toBe('application/zstd');
    expect(s3.openUploads()).toEqual([]);
  });

  it('sends parts of 8 MiB, and tells S3 the size of the whole', async () => {
    await upload();
    const parts = s3.recorded.filter(({ operation }) => operation === 'UploadPart');
    const sizes = parts.toSorted((a, b) => a.partNumber - b.partNumber).map(({ bodyBytes }) => bodyBytes);
    expect(sizes).toEqual([8_388_608, 8_388_608, 4_194_304]);
    expect(parts.every(({ headers }) => headers['x-amz-checksum-crc32'])).toBe(true);
    expect(s3.recorded.at(-1)?.headers).toMatchObject({ 'x-amz-mp-object-size': '20971520', 'if-none-match': '*' });
  });

  it.each([0, 1, 1000])('stores a source of %d bytes', async (bytes) => {
    expect(await upload(randomBytes(bytes))).toMatchObject({ storedBytes: bytes });
    expect(s3.object('backups', key)?.body).toHaveLength(bytes);
  });

  it('stores any stream as it is, however it is chunked', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: twentyMib.length }),
        fc.integer({ min: 1000, max: 9 * MIB }),
        async (bytes, chunkBytes) => {
          const part = twentyMib.subarray(twentyMib.length - bytes);
          const eachKey = `${bytes}-${chunkBytes}-${Math.random()}`;
          const stored = await send({
            key: eachKey,
            source: chunked(part, chunkBytes),
            contentType: 'application/zstd',
          });
          expect(s3.object('backups', eachKey)?.body.equals(part)).toBe(true);
          expect(stored).toMatchObject({ storedBytes: bytes, storedSha256: sha256(part) });
        },
      ),
      { numRuns: 15 },
    );
  });

  it('shows nothing before the source has ended, even of a small object', async () => {
    const visible: boolean[] = [];
    async function* source() {
      yield Buffer.from('whole ');
      visible.push(s3.object('backups', key) !== undefined);
      yield await Promise.resolve(Buffer.from('object'));
    }
    await upload(source());
    expect(visible).toEqual([false]);
    expect(s3.object('backups', key)?.body.toString()).toBe('whole object');
  });
});

describe('an upload when S3 is slower than its source', () => {
  it('has two parts on their way, fills a third, and reads no further', async () => {
    s3.script.push({ operation: 'UploadPart', times: 99, fault: { kind: 'stall' } });
    let readMib = 0;
    async function* endless() {
      for (;;) {
        readMib += 1;
        yield await Promise.resolve(twentyMib.subarray(0, MIB));
      }
    }
    await failureOf(upload(endless()));
    const sent = s3.recorded.filter(({ operation }) => operation === 'UploadPart');
    expect(new Set(sent.map(({ partNumber }) => partNumber))).toEqual(new Set([1, 2]));
    expect(readMib).toBe(25);
  });
});

describe('an upload when its source fails', () => {
  it.each([10, 12 * MIB])(
    'leaves nothing of the %d bytes that came, and throws the error of the source',
    async (bytes) => {
      const failure = new JobError('DumpFailed', 'the dump was killed');
      async function* source() {
        yield twentyMib.subarray(0, bytes);
        await Promise.reject(failure);
      }
      await expect(upload(source())).rejects.toBe(failure);
      expectNothingLeft();
    },
  );

  it('does not mind that there is no upload left to abort', async () => {
    s3.script.push({ operation: 'AbortMultipartUpload', fault: { kind: 'error', status: 404, code: 'NoSuchUpload' } });
    const failure = new JobError('DumpFailed', 'the dump was killed');
    const source = Readable.from([twentyMib.subarray(0, 10)]).map(() => Promise.reject(failure));
    await expect(upload(source)).rejects.toBe(failure);
  });

  it('goes on asking S3 to abort for longer than its client does', async () => {
    s3.script.push({
      operation: 'AbortMultipartUpload',
      times: 3,
      fault: { kind: 'error', status: 500, code: 'InternalError' },
    });
    const source = Readable.from(twentyMib.subarray(0, 10)).map(() => Promise.reject(new Error('the dump was killed')));
    await expect(upload(source)).rejects.toThrow('the dump was killed');
    expectNothingLeft();
  });

  it('adds to the error what is left behind when S3 does not abort', async () => {
    s3.script.push({
      operation: 'AbortMultipartUpload',
      fault: { kind: 'error', status: 403, code: 'AccessDenied' },
    });
    const failure = new JobError('DumpFailed', 'The dump was killed.');
    const source = Readable.from(twentyMib.subarray(0, 10)).map(() => Promise.reject(failure));

    const error = await failureOf(upload(source));

    expect(error.code).toBe('DumpFailed');
    expect(error.message).toContain('The dump was killed. What had been sent is still in the bucket, hidden, until');
    expect(error.cause).toBe(failure);
  });
});

describe('an upload when it is stopped', () => {
  it('aborts and throws the reason at once, while the source is silent and a part is on its way', async () => {
    s3.script.push({ operation: 'UploadPart', fault: { kind: 'stall' } });
    const stop = new AbortController();
    const reason = new JobError('Stopped', 'The task was told to stop.');
    async function* source() {
      yield twentyMib.subarray(0, 9 * MIB);
      stop.abort(reason);
      await new Promise(() => undefined);
    }
    await expect(upload(source(), stop.signal)).rejects.toBe(reason);
    expectNothingLeft();
  });

  it('neither asks S3 nor reads when the signal has aborted before', async () => {
    const source = { [Symbol.asyncIterator]: jest.fn() };
    await expect(upload(source, AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
    expect(source[Symbol.asyncIterator]).not.toHaveBeenCalled();
    expect(s3.recorded).toEqual([]);
  });

  it('aborts an upload that S3 accepted meanwhile', async () => {
    const stop = new AbortController();
    const uploading = upload(twentyMib, stop.signal);
    stop.abort(new Error('stopped'));
    await expect(uploading).rejects.toThrow('stopped');
    expect(operations()).toEqual(['CreateMultipartUpload', 'AbortMultipartUpload']);
  });
});

describe('an upload when S3 refuses before the start', () => {
  const unread = (): AsyncIterable<Uint8Array> => ({
    [Symbol.asyncIterator]: () => {
      throw new Error('the source was read');
    },
  });

  it('says which bucket does not exist', async () => {
    bucket = { client, bucket: 'nowhere' };
    const error = await failureOf(upload(unread()));
    expect(error.code).toBe('BucketNotFound');
    expect(error.message).toBe(
      `Cannot begin the upload of s3://nowhere/${key} (NoSuchBucket: The specified bucket does not exist). There is no ` +
        "bucket nowhere: create it, or correct s3_bucket in the database's parameters (S3_BUCKET of a direct run).",
    );
  });

  it('says which rights are missing', async () => {
    s3.script.push({ operation: 'CreateMultipartUpload', fault: { kind: 'error', status: 403, code: 'AccessDenied' } });
    const error = await failureOf(upload(unread()));
    expect(error.code).toBe('AccessDenied');
    expect(error.message).toContain(
      "Allow the task's role s3:PutObject and s3:AbortMultipartUpload on arn:aws:s3:::backups/backups/*",
    );
  });

  it('says that the bucket is in another region', async () => {
    s3.script.push({
      operation: 'CreateMultipartUpload',
      fault: { kind: 'error', status: 301, code: 'PermanentRedirect' },
    });
    expect((await failureOf(upload(unread()))).code).toBe('BucketNotFound');
  });

  it('fails when S3 cannot be reached', async () => {
    await s3.stop();
    expect((await failureOf(upload(unread()))).code).toBe('UploadFailed');
    s3 = await startScriptedS3Server();
  });
});

describe('an upload when S3 fails once', () => {
  const once: [string, ScriptedS3Fault][] = [
    [
      'a part gets 500',
      { operation: 'UploadPart', partNumber: 2, fault: { kind: 'error', status: 500, code: 'InternalError' } },
    ],
    [
      'a part gets 503 SlowDown',
      { operation: 'UploadPart', partNumber: 1, fault: { kind: 'error', status: 503, code: 'SlowDown' } },
    ],
    ['a part stalls', { operation: 'UploadPart', partNumber: 1, fault: { kind: 'stall' } }],
    [
      'the connection is reset in a part',
      { operation: 'UploadPart', partNumber: 2, fault: { kind: 'reset', afterBytes: 1 * MIB } },
    ],
    ["a part's reply is lost", { operation: 'UploadPart', partNumber: 3, fault: { kind: 'lost-reply' } }],
    [
      'Complete gets 200 with an error',
      { operation: 'CompleteMultipartUpload', fault: { kind: 'error-in-200', code: 'InternalError' } },
    ],
    ["Complete's reply is lost", { operation: 'CompleteMultipartUpload', fault: { kind: 'lost-reply' } }],
    ['Create stalls', { operation: 'CreateMultipartUpload', fault: { kind: 'stall' } }],
  ];
  it.each(once)('stores everything although %s', async (_, fault) => {
    s3.script.push(fault);
    expect(await upload()).toMatchObject({ storedSha256: sha256(twentyMib) });
    expect(s3.object('backups', key)?.body.equals(twentyMib)).toBe(true);
    expect(s3.openUploads()).toEqual([]);
    expect(s3.script).toEqual([]);
  });

  it.each([
    ['that may only write and list', 'HeadObject'],
    ['that may read too', undefined],
  ] as const)('finds out after a lost reply, with a role %s, that the object is stored', async (_, refused) => {
    s3.script.push({ operation: 'CompleteMultipartUpload', times: 2, fault: { kind: 'lost-reply' } });
    if (refused) s3.script.push({ operation: refused, fault: { kind: 'error', status: 403, code: 'AccessDenied' } });
    await expect(upload()).resolves.toMatchObject({ storedBytes: 20_971_520 });
  });
});

describe('an upload when S3 keeps failing', () => {
  const always: [string, ScriptedS3Fault, JobError['code']][] = [
    [
      'every part gets 500',
      { operation: 'UploadPart', times: 99, fault: { kind: 'error', status: 500, code: 'InternalError' } },
      'UploadFailed',
    ],
    [
      'every part gets 503',
      { operation: 'UploadPart', times: 99, fault: { kind: 'error', status: 503, code: 'SlowDown' } },
      'UploadFailed',
    ],
    ['every part stalls', { operation: 'UploadPart', times: 99, fault: { kind: 'stall' } }, 'UploadFailed'],
    [
      'every part is reset',
      { operation: 'UploadPart', times: 99, fault: { kind: 'reset', afterBytes: 1 } },
      'UploadFailed',
    ],
    [
      'the credentials expire',
      { operation: 'UploadPart', times: 99, fault: { kind: 'error', status: 403, code: 'ExpiredToken' } },
      'AccessDenied',
    ],
    [
      'the upload is gone',
      { operation: 'UploadPart', partNumber: 2, fault: { kind: 'error', status: 404, code: 'NoSuchUpload' } },
      'UploadFailed',
    ],
    [
      'a part has a wrong ETag',
      { operation: 'UploadPart', partNumber: 2, fault: { kind: 'wrong-etag' } },
      'UploadFailed',
    ],
    ['S3 loses a byte', { operation: 'UploadPart', partNumber: 3, fault: { kind: 'truncated-store' } }, 'UploadFailed'],
    [
      'Complete is always an error in 200',
      { operation: 'CompleteMultipartUpload', times: 99, fault: { kind: 'error-in-200', code: 'InternalError' } },
      'UploadFailed',
    ],
    ['Complete stalls', { operation: 'CompleteMultipartUpload', times: 99, fault: { kind: 'stall' } }, 'UploadFailed'],
  ];
  it.each(always)('fails and leaves nothing when %s', async (_, fault, code) => {
    s3.script.push(fault);
    expect((await failureOf(upload())).code).toBe(code);
    expectNothingLeft();
  });

  it('stops reading once a part has failed for good', async () => {
    s3.script.push({ operation: 'UploadPart', fault: { kind: 'error', status: 403, code: 'AccessDenied' } });
    let returned = false;
    async function* endless() {
      try {
        for (;;) yield await new Promise<Buffer>((resolve) => setImmediate(resolve, twentyMib.subarray(0, MIB)));
      } finally {
        returned = true;
      }
    }
    expect((await failureOf(upload(endless()))).code).toBe('AccessDenied');
    expect(returned).toBe(true);
  });

  it('leaves an object alone that is stored under the key already', async () => {
    await upload(Buffer.from('first'));
    const error = await failureOf(upload(Buffer.from('other')));
    expect(error.message).toContain(
      'The bucket has an object with that key already, and the job left it as it is. Order the job again.',
    );
    expect(s3.object('backups', key)?.body.toString()).toBe('first');
    expect(s3.openUploads()).toEqual([]);
  });

  it('names no credentials', async () => {
    s3.script.push({
      operation: 'UploadPart',
      times: 99,
      fault: { kind: 'error', status: 403, code: 'SignatureDoesNotMatch' },
    });
    const { message } = await failureOf(upload());
    expect(message).not.toContain(s3.clientConfig.credentials.accessKeyId);
  });
});

const prepare = () => prepareUpload(bucket, { key, source: chunked(twentyMib), contentType: 'application/zstd' });

describe('an upload that is prepared', () => {
  it('sends everything, and shows it once it is completed', async () => {
    const prepared = await prepare();
    expect(prepared.object).toMatchObject({ key, storedBytes: twentyMib.length });
    expect(s3.object('backups', key)).toBeUndefined();

    await prepared.complete();

    expect(s3.object('backups', key)?.body.equals(twentyMib)).toBe(true);
  });

  it('leaves nothing when it is aborted instead', async () => {
    const prepared = await prepare();

    await prepared.abort();

    expect([s3.openUploads(), s3.object('backups', key)]).toEqual([[], undefined]);
  });

  it('leaves nothing when S3 refuses to complete it', async () => {
    const prepared = await prepare();
    s3.script.push({
      operation: 'CompleteMultipartUpload',
      fault: { kind: 'error', status: 403, code: 'AccessDenied' },
    });

    await expect(prepared.complete()).rejects.toMatchObject({ code: 'AccessDenied' });

    expect([s3.openUploads(), s3.object('backups', key)]).toEqual([[], undefined]);
  });
});
