import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { serveS3, type ServedS3 } from './testing/serve-s3.ts';

let s3: ServedS3;

beforeEach(async () => {
  s3 = await serveS3();
});

afterEach(() => s3.stop());

const sha256 = (text: string) => createHash('sha256').update(text);

describe('PutObject', () => {
  const good: [string, Record<string, string>][] = [
    ['Content-MD5', { 'content-md5': 'HLJR7A1WjeapKbUgxK7Y0Q==' }],
    ['CRC32', { 'x-amz-checksum-crc32': 'O4unxw==' }],
    ['CRC32C', { 'x-amz-checksum-crc32c': 'L1MZ4Q==' }],
    ['SHA-256', { 'x-amz-checksum-sha256': sha256('text').digest('base64') }],
    ['the signature', { 'x-amz-content-sha256': sha256('text').digest('hex') }],
  ];
  it.each(good)('stores a body that has the checksum of %s', async (_what, headers) => {
    expect(await s3.send('PUT', 'backups/key', 'text', headers)).toMatchObject({ status: 200, text: '' });
    expect(await s3.send('GET', 'backups/key')).toMatchObject({ status: 200, text: 'text' });
  });

  const bad: [string, Record<string, string>, string][] = [
    ['another Content-MD5', { 'content-md5': 'AAAAAAAAAAAAAAAAAAAAAA==' }, 'BadDigest'],
    ['a Content-MD5 that is none', { 'content-md5': 'short' }, 'InvalidDigest'],
    ['another CRC32', { 'x-amz-checksum-crc32': 'AAAAAA==' }, 'BadDigest'],
    ['another CRC32C', { 'x-amz-checksum-crc32c': 'AAAAAA==' }, 'BadDigest'],
    ['another CRC64NVME', { 'x-amz-checksum-crc64nvme': 'AAAAAAAAAAA=' }, 'BadDigest'],
    ['another SHA-256', { 'x-amz-checksum-sha256': sha256('other').digest('base64') }, 'BadDigest'],
    ['another signed SHA-256', { 'x-amz-content-sha256': sha256('other').digest('hex') }, 'XAmzContentSHA256Mismatch'],
    ['a checksum that is none', { 'x-amz-checksum-crc32': 'short' }, 'InvalidRequest'],
    ['two checksums', { 'x-amz-checksum-crc32': 'O4unxw==', 'x-amz-checksum-crc32c': 'L1MZ4Q==' }, 'InvalidRequest'],
    ['an algorithm without a checksum', { 'x-amz-sdk-checksum-algorithm': 'CRC32' }, 'InvalidRequest'],
    ['a condition that S3 does not have', { 'if-none-match': '"abc"' }, 'NotImplemented'],
    ['a version that is not there', { 'if-match': '"abc"' }, 'NoSuchKey'],
  ];
  it.each(bad)('refuses %s, and keeps nothing', async (_what, headers, code) => {
    expect(await s3.send('PUT', 'backups/key', 'text', headers)).toMatchObject({ code });
    expect(await s3.send('GET', 'backups/key')).toMatchObject({ status: 404, code: 'NoSuchKey' });
  });

  it('compares the trailing checksum of an aws-chunked body, and keeps its data only', async () => {
    const send = (checksum: string) =>
      s3.send('PUT', 'backups/key', `4\r\ntext\r\n0\r\nx-amz-checksum-crc32:${checksum}\r\n\r\n`, {
        'content-encoding': 'aws-chunked',
        'x-amz-decoded-content-length': '4',
        'x-amz-trailer': 'x-amz-checksum-crc32',
      });
    expect(await send('AAAAAA==')).toMatchObject({ status: 400, code: 'BadDigest' });
    expect(await send('O4unxw==')).toMatchObject({ status: 200 });
    const { text, headers } = await s3.send('GET', 'backups/key', undefined, { 'x-amz-checksum-mode': 'ENABLED' });
    expect([text, headers.get('content-encoding'), headers.get('x-amz-checksum-crc32')]).toEqual([
      'text',
      null,
      'O4unxw==',
    ]);
  });

  it('refuses fewer bytes than announced, a long key and a bucket that is not there', async () => {
    const short = { 'content-encoding': 'aws-chunked', 'x-amz-decoded-content-length': '5' };
    expect(await s3.send('PUT', 'backups/key', '4\r\ntext\r\n0\r\n\r\n', short)).toMatchObject({
      code: 'IncompleteBody',
    });
    expect(await s3.send('PUT', `backups/${'k'.repeat(1025)}`, '')).toMatchObject({ code: 'KeyTooLongError' });
    expect(await s3.send('PUT', 'nowhere/key', '')).toMatchObject({ status: 404, code: 'NoSuchBucket' });
  });

  it('lets one of several writers be first, and replaces only the version that is named', async () => {
    const first = () => s3.send('PUT', 'backups/key', 'text', { 'if-none-match': '*' });
    const statuses = (await Promise.all([first(), first(), first()])).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([200, 412, 412]);
    const replace = (etag: string) => s3.send('PUT', 'backups/key', 'more', { 'if-match': etag });
    expect(await replace('"abc"')).toMatchObject({ status: 412, code: 'PreconditionFailed' });
    expect(await replace('"1cb251ec0d568de6a929b520c4aed8d1"')).toMatchObject({ status: 200 });
  });

  it('has the bytes on disk, and removes them with the object and with the server', async () => {
    await s3.send('PUT', 'backups/key', 'one');
    const [file] = s3.server.buckets.get('backups')?.objects.get('key')?.bytes.files ?? [];
    const folder = dirname(file?.path ?? '');
    await s3.send('PUT', 'backups/key', 'two');
    await s3.send('PUT', 'backups/other', 'three');
    expect(readdirSync(folder)).toHaveLength(2);
    await s3.send('DELETE', 'backups/key');
    expect(readdirSync(folder)).toHaveLength(1);
    s3.server.close();
    expect(() => readdirSync(folder)).toThrow('ENOENT');
  });
});

describe('GetObject', () => {
  it.each([
    ['bytes=3-', 206, 'tent', 'bytes 3-6/7'],
    ['bytes=0-0', 206, 'c', 'bytes 0-0/7'],
    ['bytes=-3', 206, 'ent', 'bytes 4-6/7'],
    ['bytes=5-99', 206, 'nt', 'bytes 5-6/7'],
    ['lines=1-2', 200, 'content', null],
  ])('gives the range %s', async (range, status, text, contentRange) => {
    await s3.send('PUT', 'backups/key', 'content');
    const answer = await s3.send('GET', 'backups/key', undefined, { range });
    expect(answer).toMatchObject({ status, text });
    expect(answer.headers.get('content-range')).toBe(contentRange);
  });

  it('refuses a range behind the end', async () => {
    await s3.send('PUT', 'backups/key', 'content');
    const answer = await s3.send('GET', 'backups/key', undefined, { range: 'bytes=7-' });
    expect(answer).toMatchObject({ status: 416, code: 'InvalidRange' });
  });

  it.each([
    [{ 'if-match': '"abc"' }, 412],
    [{ 'if-match': '"9a0364b9e99bb480dd25e1f0284c8555"' }, 200],
    [{ 'if-none-match': '"9a0364b9e99bb480dd25e1f0284c8555"' }, 304],
    [{ 'if-modified-since': 'Fri, 01 Jan 2100 00:00:00 GMT' }, 304],
    [{ 'if-unmodified-since': 'Sat, 01 Jan 2000 00:00:00 GMT' }, 412],
  ] as [Record<string, string>, number][])('answers under the condition %j with %i', async (headers, status) => {
    await s3.send('PUT', 'backups/key', 'content');
    expect(await s3.send('GET', 'backups/key', undefined, headers)).toMatchObject({ status });
  });

  it('reads an object to its end that is replaced meanwhile', async () => {
    const body = Buffer.alloc(8 * 1024 ** 2, 'a');
    await s3.send('PUT', 'backups/key', body);
    const reading = await fetch(`${s3.endpoint}/backups/key`);
    await s3.send('PUT', 'backups/key', 'new');
    expect(Buffer.from(await reading.arrayBuffer()).equals(body)).toBe(true);
  });

  it('keeps what belongs to the object, and gives another type when asked for one', async () => {
    await s3.send('PUT', 'backups/a%20b', 'text', { 'content-type': 'text/plain', 'x-amz-meta-mark': 'm1' });
    const { headers } = await s3.send('HEAD', 'backups/a%20b');
    expect([headers.get('content-type'), headers.get('x-amz-meta-mark'), headers.get('content-length')]).toEqual([
      'text/plain',
      'm1',
      '4',
    ]);
    const other = await s3.send('GET', 'backups/a%20b?response-content-type=text/html');
    expect(other.headers.get('content-type')).toBe('text/html');
  });
});

describe('CopyObject and DeleteObjects', () => {
  it('copies an object with what belongs to it', async () => {
    await s3.send('PUT', 'backups/from', 'text', { 'x-amz-meta-mark': 'm1' });
    const copied = await s3.send('PUT', 'backups/to', undefined, { 'x-amz-copy-source': '/backups/from' });
    expect(copied.text).toContain('<CopyObjectResult');
    const { text, headers } = await s3.send('GET', 'backups/to');
    expect([text, headers.get('x-amz-meta-mark')]).toEqual(['text', 'm1']);
  });

  it('deletes by a document that has a digest, and refuses one that has none', async () => {
    await s3.send('PUT', 'backups/a%26b', 'text');
    const document = '<Delete><Object><Key>a&amp;b</Key></Object></Delete>';
    expect(await s3.send('POST', 'backups?delete', document)).toMatchObject({ status: 400, code: 'InvalidRequest' });
    const digest = createHash('md5').update(document).digest('base64');
    const deleted = await s3.send('POST', 'backups?delete', document, { 'content-md5': digest });
    expect(deleted.text).toContain('<Deleted><Key>a&amp;b</Key></Deleted>');
    expect(await s3.send('GET', 'backups/a%26b')).toMatchObject({ status: 404 });
  });
});
