import fc from 'fast-check';
import { readAwsChunked } from './aws-chunked.ts';

async function read(pieces: readonly Buffer[]) {
  const { data, trailers } = readAwsChunked(
    // eslint-disable-next-line @typescript-eslint/require-await -- what comes over a connection is asynchronous
    (async function* () {
      yield* pieces;
    })(),
  );
  const chunks: Buffer[] = [];
  for await (const chunk of data) chunks.push(chunk);
  return { data: Buffer.concat(chunks), trailers: Object.fromEntries(trailers) };
}

/** Cuts bytes into pieces of a size, as a connection may. */
const cut = (bytes: Buffer, size: number): Buffer[] =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );

const encode = (chunks: readonly Uint8Array[], trailer: string): Buffer =>
  Buffer.concat([
    ...chunks.flatMap((chunk) => [
      Buffer.from(`${chunk.length.toString(16)};chunk-signature=abc\r\n`),
      chunk,
      Buffer.from('\r\n'),
    ]),
    Buffer.from(`0\r\n${trailer}\r\n`),
  ]);

describe('readAwsChunked', () => {
  it('gives the data back, however it was cut', async () => {
    const chunks = fc.array(fc.uint8Array({ minLength: 1 }));
    await fc.assert(
      fc.asyncProperty(chunks, fc.integer({ min: 1, max: 40 }), async (sent, size) => {
        const { data, trailers } = await read(cut(encode(sent, 'x-amz-checksum-crc32: AAAAAA==\r\n'), size));
        expect(data).toEqual(Buffer.concat(sent));
        expect(trailers).toEqual({ 'x-amz-checksum-crc32': 'AAAAAA==' });
      }),
    );
  });

  it.each([
    ['a body that breaks off', '5\r\nab', 'IncompleteBody'],
    ['a body without its last chunk', '2\r\nab\r\n', 'IncompleteBody'],
    ['a size that is no number', 'zz\r\nab\r\n0\r\n\r\n', 'InvalidRequest'],
    ['a chunk that is longer than its size', '1\r\nab\r\n0\r\n\r\n', 'InvalidRequest'],
  ])('refuses %s', async (_what, body, code) => {
    await expect(read([Buffer.from(body)])).rejects.toMatchObject({ code });
  });
});
