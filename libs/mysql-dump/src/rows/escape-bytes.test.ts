import fc from 'fast-check';
import { escapeBytes } from './escape-bytes.ts';

/** What a lexer makes of the text between quotes; fails for bytes that must not stand there. */
function unescape(text: Buffer): Buffer {
  const plain: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const byte = text[at] ?? 0;
    if ([0x00, 0x0a, 0x0d, 0x1a, 0x27].includes(byte)) throw new Error(`byte ${byte} is not escaped`);
    if (byte !== 0x5c) plain.push(byte);
    else {
      const escaped = String.fromCharCode(text[++at] ?? 0);
      plain.push({ '0': 0, n: 0x0a, r: 0x0d, Z: 0x1a, "'": 0x27, '\\': 0x5c }[escaped] ?? NaN);
    }
  }
  return Buffer.from(plain);
}

function escape(source: Buffer, from = 0, to = source.length): Buffer {
  const target = Buffer.alloc(2 * source.length + 1);
  const view = (buffer: Buffer): DataView => new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  return target.subarray(1, escapeBytes(source, view(source), from, to, target, view(target), 1));
}

test('escapes what a lexer or a client would read in another way, and nothing else', () => {
  const text = escape(Buffer.from('a\0b\nc\rd\x1ae\'f\\g"h\ti%_\x7f'));

  expect(text.toString()).toBe('a\\0b\\nc\\rd\\Ze\\\'f\\\\g"h\ti%_\x7f');
});

test('gives back any bytes, at any place and of any length', () => {
  const special = fc.constantFrom(
    0x00,
    0x0a,
    0x0d,
    0x1a,
    0x1f,
    0x20,
    0x26,
    0x27,
    0x28,
    0x5b,
    0x5c,
    0x5d,
    0x7f,
    0x80,
    0xff,
  );
  const bytes = fc.array(fc.oneof(special, fc.integer({ min: 0, max: 255 })), { maxLength: 80 });
  fc.assert(
    fc.property(bytes, fc.nat(20), fc.nat(20), (array, skipped, cut) => {
      const source = Buffer.from(array);
      const from = Math.min(skipped, source.length);
      const to = Math.max(from, source.length - cut);

      expect(unescape(escape(source, from, to))).toEqual(source.subarray(from, to));
    }),
    { numRuns: 2000 },
  );
});
