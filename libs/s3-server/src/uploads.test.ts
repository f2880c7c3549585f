import { serveS3, type ServedS3 } from './testing/serve-s3.ts';

const MIB = 1024 ** 2;

let s3: ServedS3;

beforeEach(async () => {
  s3 = await serveS3();
});

afterEach(() => s3.stop());

async function begin(key: string, headers: Record<string, string> = {}): Promise<string> {
  const { text } = await s3.send('POST', `backups/${key}?uploads`, undefined, headers);
  return /<UploadId>(.*)<\/UploadId>/.exec(text)?.[1] ?? '';
}

const sendPart = (
  key: string,
  uploadId: string,
  number: number | string,
  body: string | Buffer<ArrayBuffer>,
  headers = {},
) => s3.send('PUT', `backups/${key}?partNumber=${number}&uploadId=${uploadId}`, body, headers);

const complete = (key: string, uploadId: string, parts: object[], headers = {}) => {
  const xml = parts.map((part) => {
    const elements = Object.entries(part).map(([name, value]) => `<${name}>${String(value)}</${name}>`);
    return `<Part>${elements.join('')}</Part>`;
  });
  const document = `<CompleteMultipartUpload>${xml.join('')}</CompleteMultipartUpload>`;
  return s3.send('POST', `backups/${key}?uploadId=${uploadId}`, document, headers);
};

/** Sends parts in the given order, and gives what a complete names them by. */
async function sendParts(
  key: string,
  uploadId: string,
  bodies: [number, string | Buffer<ArrayBuffer>][],
  headers = {},
) {
  const parts: { PartNumber: number; ETag: string }[] = [];
  for (const [PartNumber, body] of bodies) {
    const answer = await sendPart(key, uploadId, PartNumber, body, headers);
    parts.push({ PartNumber, ETag: answer.headers.get('etag') ?? '' });
  }
  return parts;
}

describe('CompleteMultipartUpload', () => {
  it('puts parts together by number, whenever they came, and leaves the others out', async () => {
    const uploadId = await begin('big', { 'content-type': 'text/plain' });
    const large = Buffer.alloc(5 * MIB, 'a');
    const parts = await sendParts('big', uploadId, [
      [9, 'end'],
      [2, large],
      [5, 'left out'],
    ]);
    const [end, first] = parts;
    const completed = await complete('big', uploadId, [first ?? {}, end ?? {}]);
    // MD5 of the MD5s of both parts.
    expect(completed.text).toContain('<ETag>&quot;cc8f6f16b44b75adde6349ab98aee432-2&quot;</ETag>');
    const stored = await s3.send('GET', 'backups/big');
    expect([stored.text.length, stored.text.slice(-4), stored.headers.get('content-type')]).toEqual([
      5 * MIB + 3,
      'aend',
      'text/plain',
    ]);
    const second = await s3.send('GET', 'backups/big?partNumber=2');
    expect(second).toMatchObject({ status: 206, text: 'end' });
    expect(second.headers.get('x-amz-mp-parts-count')).toBe('2');
    expect(await s3.send('GET', 'backups/big', undefined, { range: `bytes=${5 * MIB - 1}-${5 * MIB}` })).toMatchObject({
      text: 'ae',
    });
    expect(await complete('big', uploadId, parts)).toMatchObject({ status: 404, code: 'NoSuchUpload' });
  });

  it('refuses what S3 refuses, and leaves the upload open', async () => {
    const uploadId = await begin('big');
    const [one = {}, two = {}] = await sendParts('big', uploadId, [
      [1, 'small'],
      [2, 'last'],
    ]);
    expect(await complete('big', uploadId, [one, two])).toMatchObject({ status: 400, code: 'EntityTooSmall' });
    expect(await complete('big', uploadId, [two, one])).toMatchObject({ status: 400, code: 'InvalidPartOrder' });
    expect(await complete('big', uploadId, [one, one])).toMatchObject({ status: 400, code: 'InvalidPartOrder' });
    expect(await complete('big', uploadId, [{ ...one, ETag: '"abc"' }])).toMatchObject({ code: 'InvalidPart' });
    expect(await complete('big', uploadId, [{ PartNumber: 3, ETag: '"abc"' }])).toMatchObject({ code: 'InvalidPart' });
    expect(await complete('big', uploadId, [])).toMatchObject({ status: 400, code: 'MalformedXML' });
    expect(await complete('big', uploadId, [one], { 'x-amz-mp-object-size': '6' })).toMatchObject({
      code: 'InvalidRequest',
    });
    expect(await complete('big', 'unknown', [one])).toMatchObject({ status: 404, code: 'NoSuchUpload' });
    expect(await complete('other', uploadId, [one])).toMatchObject({ status: 404, code: 'NoSuchUpload' });
    expect(await complete('big', uploadId, [one], { 'x-amz-mp-object-size': '5' })).toMatchObject({ status: 200 });
  });

  it('refuses a key that is taken before it looks for the upload', async () => {
    await s3.send('PUT', 'backups/big', 'text');
    const answer = await complete('big', 'gone', [{ PartNumber: 1, ETag: '"abc"' }], { 'if-none-match': '*' });
    expect(answer).toMatchObject({ status: 412, code: 'PreconditionFailed' });
  });
});

describe('UploadPart', () => {
  it.each(['0', '10001', 'one'])('refuses the number %s', async (number) => {
    const uploadId = await begin('big');
    expect(await sendPart('big', uploadId, number, 'text')).toMatchObject({ status: 400, code: 'InvalidArgument' });
  });

  it('replaces a part that comes again', async () => {
    const uploadId = await begin('big');
    const [, again = {}] = await sendParts('big', uploadId, [
      [1, 'first'],
      [1, 'again'],
    ]);
    await complete('big', uploadId, [again]);
    expect(await s3.send('GET', 'backups/big')).toMatchObject({ text: 'again' });
  });

  it('copies a range of another object', async () => {
    await s3.send('PUT', 'backups/from', 'content');
    const uploadId = await begin('big');
    const headers = { 'x-amz-copy-source': 'backups/from', 'x-amz-copy-source-range': 'bytes=3-6' };
    const { text } = await sendPart('big', uploadId, 1, '', headers);
    const ETag = /<ETag>(.*)<\/ETag>/.exec(text)?.[1];
    await complete('big', uploadId, [{ PartNumber: 1, ETag }]);
    expect(await s3.send('GET', 'backups/big')).toMatchObject({ text: 'tent' });
  });
});

describe('the checksum of an upload', () => {
  const crc32 = { 'x-amz-checksum-algorithm': 'CRC32' };
  const ofText = { 'x-amz-checksum-crc32': 'O4unxw==' };

  it('is asked of each part, and of the complete once more', async () => {
    const uploadId = await begin('big', crc32);
    expect(await sendPart('big', uploadId, 1, 'text')).toMatchObject({ status: 400, code: 'InvalidRequest' });
    const [part = {}] = await sendParts('big', uploadId, [[1, 'text']], ofText);
    const without = await complete('big', uploadId, [part]);
    expect(without).toMatchObject({ status: 400, code: 'InvalidRequest' });
    expect(without.text).toContain('It was missing for part 1 in the request.');
    expect(await complete('big', uploadId, [{ ...part, ChecksumCRC32: 'AAAAAA==' }])).toMatchObject({
      code: 'InvalidPart',
    });
    const completed = await complete('big', uploadId, [{ ...part, ChecksumCRC32: 'O4unxw==' }]);
    expect(completed.text).toContain('<ChecksumCRC32>D0gp4A==-1</ChecksumCRC32><ChecksumType>COMPOSITE</ChecksumType>');
  });

  it('is that of all bytes when asked for', async () => {
    const uploadId = await begin('big', { ...crc32, 'x-amz-checksum-type': 'FULL_OBJECT' });
    const parts = await sendParts('big', uploadId, [[1, 'text']], ofText);
    expect(await complete('big', uploadId, parts, { 'x-amz-checksum-crc32': 'AAAAAA==' })).toMatchObject({
      status: 400,
      code: 'BadDigest',
    });
    const completed = await complete('big', uploadId, parts, ofText);
    expect(completed.text).toContain('<ChecksumCRC32>O4unxw==</ChecksumCRC32><ChecksumType>FULL_OBJECT</ChecksumType>');
  });

  it('cannot be a SHA-256 of all bytes, nor a CRC64NVME of parts', async () => {
    const answerTo = (algorithm: string, type: string) =>
      s3.send('POST', 'backups/big?uploads', undefined, {
        'x-amz-checksum-algorithm': algorithm,
        'x-amz-checksum-type': type,
      });
    expect(await answerTo('SHA256', 'FULL_OBJECT')).toMatchObject({ status: 400, code: 'InvalidRequest' });
    expect(await answerTo('CRC64NVME', 'COMPOSITE')).toMatchObject({ status: 400, code: 'InvalidRequest' });
  });
});

describe('listing and aborting uploads', () => {
  it('lists uploads and parts in pages until they are aborted', async () => {
    const ids = [await begin('a/1'), await begin('a/2'), await begin('b')];
    const first = await s3.send('GET', 'backups?uploads&prefix=a/&max-uploads=1');
    expect(first.text).toContain('<IsTruncated>true</IsTruncated>');
    expect(first.text).toContain(`<NextKeyMarker>a/1</NextKeyMarker><NextUploadIdMarker>${ids[0]}`);
    const next = await s3.send('GET', `backups?uploads&prefix=a/&key-marker=a/1&upload-id-marker=${ids[0]}`);
    expect([...next.text.matchAll(/<Upload><Key>(.*?)</g)].map(([, key]) => key)).toEqual(['a/2']);

    await sendParts('b', ids[2] ?? '', [
      [2, 'two'],
      [1, 'one!'],
    ]);
    const parts = await s3.send('GET', `backups/b?uploadId=${ids[2]}&max-parts=1`);
    expect(parts.text).toMatch(/<NextPartNumberMarker>1<.*<PartNumber>1<.*<Size>4</);
    const more = await s3.send('GET', `backups/b?uploadId=${ids[2]}&part-number-marker=1`);
    expect(more.text).toMatch(/<IsTruncated>false<.*<PartNumber>2<.*<Size>3</);

    expect(await s3.send('DELETE', `backups/b?uploadId=${ids[2]}`)).toMatchObject({ status: 204 });
    expect(await s3.send('GET', `backups/b?uploadId=${ids[2]}`)).toMatchObject({ code: 'NoSuchUpload' });
    expect(await sendPart('b', ids[2] ?? '', 1, 'late')).toMatchObject({ status: 404, code: 'NoSuchUpload' });
    expect(await s3.send('DELETE', `backups/b?uploadId=${ids[2]}`)).toMatchObject({ code: 'NoSuchUpload' });
  });
});

describe('listing objects', () => {
  it('pages by token, and encodes keys when asked to', async () => {
    for (const key of ['l/a%20b', 'l/c', 'm']) await s3.send('PUT', `backups/${key}`, 'text');
    const first = await s3.send('GET', 'backups?list-type=2&prefix=l/&max-keys=1&encoding-type=url');
    expect(first.text).toMatch(/<IsTruncated>true<.*<Key>l\/a%20b</);
    const token = /<NextContinuationToken>(.*?)</.exec(first.text)?.[1] ?? '';
    const second = await s3.send('GET', `backups?list-type=2&prefix=l/&continuation-token=${token}`);
    expect(second.text).toMatch(/<IsTruncated>false<.*<Key>l\/c</);
    expect((await s3.send('GET', 'backups?list-type=2&start-after=l/c')).text).toMatch(/<Key>m<.*<KeyCount>1</);
  });
});
