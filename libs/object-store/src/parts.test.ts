import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { PartBuffers } from './part-buffers.ts';
import { partsOf } from './parts.ts';

async function cut(chunks: Uint8Array[], sizeOf: (partNumber: number) => number) {
  const buffers = new PartBuffers();
  const hash = createHash('sha256');
  const parts: { number: number; text: string; body: Buffer; crc32: number }[] = [];
  for await (const part of partsOf(Readable.from(chunks), { buffers, hash, partSizeBytes: sizeOf })) {
    parts.push({ number: part.number, text: part.body.toString(), body: Buffer.from(part.body), crc32: part.crc32 });
    buffers.giveBack(part.buffer);
  }
  return { parts, sha256: hash.digest('hex') };
}

describe('partsOf', () => {
  it('cuts by the size of each part, whatever the chunks', async () => {
    const { parts } = await cut([Buffer.from('ab'), Buffer.from('cdefg'), Buffer.from('h')], (number) => number + 1);
    expect(parts.map(({ text }) => text)).toEqual(['ab', 'cde', 'fgh']);
  });

  it('makes one empty part of an empty source', async () => {
    expect((await cut([], () => 4)).parts).toMatchObject([{ number: 1, text: '', crc32: 0 }]);
  });

  it('keeps every byte, in order, with the right checksums', async () => {
    const chunks = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 30 });
    const partSizes = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(chunks, partSizes, async (source, sizes) => {
        const sizeOf = (number: number): number => sizes[Math.min(number, sizes.length) - 1] ?? 1;
        const whole = Buffer.concat(source);

        const { parts, sha256 } = await cut(source, sizeOf);

        expect(Buffer.concat(parts.map(({ body }) => body))).toEqual(whole);
        expect(sha256).toBe(createHash('sha256').update(whole).digest('hex'));
        expect(parts.map((part) => part.crc32)).toEqual(parts.map(({ body }) => crc32(body)));
        expect(parts.slice(0, -1).map(({ body }) => body.length)).toEqual(
          parts.slice(0, -1).map(({ number }) => sizeOf(number)),
        );
      }),
    );
  });
});
