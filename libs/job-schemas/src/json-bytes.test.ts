import fc from 'fast-check';
import { cutToJsonBytes, jsonBytes } from './json-bytes.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 40 });

describe('the bytes of a value as JSON', () => {
  it.each([
    ['a', 3],
    ['"', 4],
    ['\u0007', 8],
    ['界', 5],
    ['😀', 6],
  ])('of %j are %d', (value, bytes) => {
    expect(jsonBytes(value)).toBe(bytes);
  });
});

describe('a text that is cut', () => {
  it('fits, begins as before, and has no character in halves', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 2, max: 80 }), (text, maxBytes) => {
        const cut = cutToJsonBytes(text, maxBytes);
        expect(jsonBytes(cut)).toBeLessThanOrEqual(maxBytes);
        expect(text.startsWith(cut)).toBe(true);
        expect(Array.from(text).slice(0, Array.from(cut).length).join('')).toBe(cut);
      }),
    );
  });

  it('is as long as can be', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 2, max: 80 }), (text, maxBytes) => {
        const cut = cutToJsonBytes(text, maxBytes);
        fc.pre(cut !== text);
        const [next = ''] = text.slice(cut.length);
        const more = cut + String.fromCodePoint(text.codePointAt(cut.length) ?? next.charCodeAt(0));
        expect(jsonBytes(more)).toBeGreaterThan(maxBytes);
      }),
    );
  });
});
