import { constants, createZstdCompress, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { decodeZstd } from './decode-zstd.ts';
import { framePieces } from './frame-pieces.ts';

/** Cut into chunks of a length each; what is left is the last. */
async function* inChunks(bytes: Buffer, lengths: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (const length of lengths) {
    if (at < bytes.length) yield await Promise.resolve(bytes.subarray(at, at + length));
    at += length;
  }
  if (at < bytes.length) yield await Promise.resolve(bytes.subarray(at));
}

async function decoded(bytes: Buffer, lengths: readonly number[] = []): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of decodeZstd(inChunks(bytes, lengths))) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** A frame whose header does not tell the length of its content: nobody knew it when the header was written. */
async function streamedFrame(content: Buffer, isFlushed: boolean): Promise<Buffer> {
  const zstd = createZstdCompress({ params: { [constants.ZSTD_c_checksumFlag]: 1 } });
  zstd.write(content);
  if (isFlushed) zstd.flush();
  zstd.end('.');
  const pieces: Buffer[] = [];
  for await (const piece of zstd as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces);
}

const SKIPPABLE = Buffer.from([0x5f, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 0x28, 0xb5, 0x2f]);

const content = fc.oneof(
  fc.constant(Buffer.alloc(0)),
  fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
  // Blocks of one repeated byte, and several blocks in a frame.
  fc.integer({ min: 1, max: 400_000 }).map((length) => Buffer.alloc(length, 'a')),
);

describe('decodeZstd', () => {
  it('decodes every frame, whatever the frames hold and however they arrive', async () => {
    const frames = fc.array(fc.record({ content, checksum: fc.constantFrom(0, 1), size: fc.constantFrom(0, 1) }), {
      minLength: 1,
      maxLength: 5,
    });
    const lengths = fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(frames, lengths, async (each, cuts) => {
        const stored = each.map(({ content: bytes, checksum, size }) =>
          zstdCompressSync(bytes, {
            params: { [constants.ZSTD_c_checksumFlag]: checksum, [constants.ZSTD_c_contentSizeFlag]: size },
          }),
        );
        const expected = Buffer.concat(each.map(({ content: bytes }) => bytes));
        expect((await decoded(Buffer.concat(stored), cuts)).equals(expected)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it.each([true, false])('decodes frames that were written as a stream, flushed: %s', async (isFlushed) => {
    const frame = await streamedFrame(Buffer.from('text'), isFlushed);
    expect((await decoded(Buffer.concat([frame, frame]))).toString()).toBe('text.text.');
  });

  it('passes over skippable frames', async () => {
    const frame = zstdCompressSync('text');
    expect((await decoded(Buffer.concat([SKIPPABLE, frame, SKIPPABLE, frame]))).toString()).toBe('texttext');
  });

  it('refuses frames that are cut anywhere', async () => {
    const params = { [constants.ZSTD_c_checksumFlag]: 1 };
    const frames = Buffer.concat([zstdCompressSync('one', { params }), zstdCompressSync('two', { params })]);
    const first = zstdCompressSync('one', { params }).length;
    for (let length = 0; length < frames.length; length++) {
      if (length === first) continue;
      await expect(decoded(frames.subarray(0, length))).rejects.toThrow();
    }
  });

  it('refuses a flipped bit anywhere in frames with checksums', async () => {
    const params = { [constants.ZSTD_c_checksumFlag]: 1 };
    const frames = Buffer.concat([zstdCompressSync('one', { params }), zstdCompressSync('two', { params })]);
    for (let bit = 0; bit < frames.length * 8; bit++) {
      const flipped = Buffer.from(frames);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const outcome = await decoded(flipped).then(String, () => 'refused');
      // A header has bits that change nothing of the content: those of the window, and one that is not used.
      if (outcome !== 'refused') expect(outcome).toBe('onetwo');
    }
  });

  it('refuses bytes after the last frame', async () => {
    await expect(decoded(Buffer.concat([zstdCompressSync('text'), Buffer.from('more text')]))).rejects.toThrow(
      'a zstd frame should begin',
    );
  });

  it('throws what its source throws', async () => {
    const broken = new Error('broken');
    async function* source(): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(zstdCompressSync('text'));
      throw broken;
    }
    await expect(
      (async () => {
        for await (const _ of decodeZstd(source()));
      })(),
    ).rejects.toBe(broken);
  });
});

describe('framePieces', () => {
  it('cuts where a frame ends, and only there or where a chunk ends', async () => {
    const [one, two] = [zstdCompressSync('one'), zstdCompressSync('two')];
    const pieces: number[] = [];
    for await (const piece of framePieces(inChunks(Buffer.concat([one, SKIPPABLE, two]), [2])))
      pieces.push(piece.length);
    expect(pieces).toEqual([2, one.length - 2, SKIPPABLE.length, two.length]);
  });
});
