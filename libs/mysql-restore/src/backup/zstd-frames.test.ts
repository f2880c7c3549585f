import { Readable } from 'node:stream';
import { constants, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { BrokenFrameError, decodedFrames, frames } from './zstd-frames.ts';

/** Bytes in pieces of any lengths, as a network gives them. */
function inPieces(bytes: Uint8Array, cuts: readonly number[]): AsyncIterable<Uint8Array> {
  const ends = [...new Set(cuts.map((cut) => cut % (bytes.length + 1))), bytes.length].sort((a, b) => a - b);
  return Readable.from(ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end)));
}

async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of source) items.push(item);
  return items;
}

/** jest's own comparison looks at each byte by itself. */
function areEqual(found: readonly Buffer[], expected: readonly Buffer[]): boolean {
  return (
    found.length === expected.length && found.every((bytes, index) => bytes.equals(expected[index] ?? Buffer.alloc(0)))
  );
}

const frame = fc
  .tuple(fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.constant(Buffer.alloc(700_000, 'run'))), fc.boolean())
  .map(([content, hasChecksum]) => ({
    content: Buffer.from(content),
    stored: zstdCompressSync(content, { params: { [constants.ZSTD_c_checksumFlag]: hasChecksum ? 1 : 0 } }),
  }));
const cuts = fc.array(fc.nat(10_000), { maxLength: 8 });

describe('zstd frames', () => {
  it('are cut where they end, and decoded one by one, however their bytes arrive', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(frame, { maxLength: 4 }), cuts, async (written, at) => {
        const bytes = Buffer.concat(written.map(({ stored }) => stored));

        const [cut, decoded] = [await all(frames(inPieces(bytes, at))), await all(decodedFrames(inPieces(bytes, at)))];
        expect(
          areEqual(
            cut,
            written.map(({ stored }) => stored),
          ),
        ).toBe(true);
        expect(
          areEqual(
            decoded,
            written.map(({ content }) => content),
          ),
        ).toBe(true);
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  it('are refused where the last one is cut', async () => {
    const stored = zstdCompressSync(Buffer.from('a statement'));

    await expect(all(frames(inPieces(stored.subarray(0, -1), [])))).rejects.toThrow(BrokenFrameError);
  });

  it('are refused where something else stands between them', async () => {
    const stored = zstdCompressSync(Buffer.from('a statement'));

    await expect(all(frames(inPieces(Buffer.concat([stored, Buffer.from('other'), stored]), [])))).rejects.toThrow(
      BrokenFrameError,
    );
  });

  it('are refused where a bit has flipped', async () => {
    const stored = zstdCompressSync(Buffer.from('a statement'.repeat(50)), {
      params: { [constants.ZSTD_c_checksumFlag]: 1 },
    });
    stored[stored.length - 6] = (stored.at(-6) ?? 0) ^ 1;

    await expect(all(decodedFrames(inPieces(stored, [])))).rejects.toThrow(BrokenFrameError);
  });
});
