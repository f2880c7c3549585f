import fc from 'fast-check';
import { LastLines } from './last-lines.ts';

const KIB = 1024;

function kept(lines: string[], limits = { lines: 20, jsonBytes: 16 * KIB }): string[] {
  const last = new LastLines(limits);
  for (const line of lines) last.push(line);
  return last.lines;
}

/** As Step Functions counts them. */
const jsonBytesOf = (lines: string[]): number => Buffer.byteLength(JSON.stringify(lines));

describe('the last lines', () => {
  it('are as many as were asked for, oldest first', () => {
    expect(kept(['a', 'b', 'c'], { lines: 2, jsonBytes: KIB })).toEqual(['b', 'c']);
  });

  it('are fewer when they are long, the newest being kept', () => {
    const lines = kept(Array.from({ length: 20 }, (_, line) => `${line}`.padEnd(2_000, '漢')));
    expect(lines.map((line) => line.slice(0, 2))).toEqual(['18', '19']);
  });

  it('are one, cut, when even one is too much', () => {
    const [line = '', ...others] = kept(['old', '\u0000'.repeat(4_000)]);
    expect(others).toEqual([]);
    expect(line).toMatch(/^\0{2700,2730}…$/);
  });

  it('never take more than 16 KiB as JSON, whatever is in them', () => {
    const character = fc.constantFrom('x', '"', '\\', '\n', '\u0000', '\u001f', 'é', '漢', '😀', '\uD83D', '\uDE00');
    const line = fc
      .tuple(fc.array(character, { minLength: 1, maxLength: 10 }), fc.integer({ min: 1, max: 1_000 }))
      .map(([characters, times]) => characters.join('').repeat(times));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
        const last = kept(lines);
        expect(jsonBytesOf(last)).toBeLessThanOrEqual(16 * KIB);
        expect(last.length).toBeLessThanOrEqual(20);
        expect(last.length > 0).toBe(lines.length > 0);
      }),
      { numRuns: 500 },
    );
  });
});
