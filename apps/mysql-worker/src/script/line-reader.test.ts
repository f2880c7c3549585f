import fc from 'fast-check';
import { LineReader } from './line-reader.ts';

function linesOf(...chunks: string[]): string[] {
  const lines: string[] = [];
  const reader = new LineReader((line) => lines.push(line));
  for (const chunk of chunks) reader.push(Buffer.from(chunk));
  reader.end();
  return lines;
}

describe('the lines of a stream', () => {
  it.each([
    ['LF', ['a\nb\n'], ['a', 'b']],
    ['CR and LF', ['a\r\nb\r\n'], ['a', 'b']],
    ['CR, as a progress bar has it', ['10%\r20%\r30%\n'], ['10%', '20%', '30%']],
    ['CR and LF in two pieces', ['a\r', '\nb'], ['a', 'b']],
    ['nothing, at the end', ['a\nb'], ['a', 'b']],
    ['nothing else', ['\n\n'], ['', '']],
    ['a piece that is empty', ['a', '', 'b\n'], ['ab']],
  ])('end with %s', (_, chunks, lines) => {
    expect(linesOf(...chunks)).toEqual(lines);
  });

  it('are the same however the bytes arrive, also characters of several bytes', () => {
    const text = fc.array(fc.constantFrom('a', 'é', '漢', '😀', '\n', '\r', '\r\n'), { maxLength: 40 });
    fc.assert(
      fc.property(text, fc.array(fc.nat(5), { minLength: 1, maxLength: 40 }), (parts, sizes) => {
        const bytes = Buffer.from(parts.join(''));
        const lines: string[] = [];
        const reader = new LineReader((line) => lines.push(line));
        for (let at = 0, turn = 0; at < bytes.length; turn++) {
          const size = (sizes[turn % sizes.length] ?? 0) + 1;
          reader.push(bytes.subarray(at, at + size));
          at += size;
        }
        reader.end();

        const whole = bytes.toString().split(/\r\n|\n|\r/);
        expect(lines).toEqual(whole.at(-1) === '' ? whole.slice(0, -1) : whole);
      }),
      { numRuns: 1_000 },
    );
  });

  it('have 64 KiB at most: of a longer one the rest is passed over, and the next is whole', () => {
    const long = 'x'.repeat(200_000);

    const lines = linesOf(long, long, `${long}\nnext\n`);

    expect(lines.map((line) => line.length)).toEqual([65_536, 4]);
  });
});
