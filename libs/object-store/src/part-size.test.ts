import { MAX_PARTS, maxPartsInFlight, partSizeBytes } from './part-size.ts';

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;
const sizes = Array.from({ length: MAX_PARTS }, (_, index) => partSizeBytes(index + 1));

function bytesBeforePartsLargerThan(sizeBytes: number): number {
  return sizes.filter((size) => size <= sizeBytes).reduce((sum, size) => sum + size, 0);
}

describe('partSizeBytes', () => {
  it('starts at 8 MiB', () => {
    expect(partSizeBytes(1)).toBe(8_388_608);
  });

  it('lets 5 TiB fit in 10,000 parts', () => {
    expect(bytesBeforePartsLargerThan(Infinity)).toBeGreaterThanOrEqual(5 * 1024 * GIB);
  });

  it('stays within the 5 MiB that S3 asks for and the 2 GiB that TLS writes at once, and never shrinks', () => {
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(5 * MIB);
    expect(Math.max(...sizes)).toBeLessThan(2 * GIB);
    expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
  });

  it('keeps parts small for as long as the documented sizes say', () => {
    expect(bytesBeforePartsLargerThan(24 * MIB)).toBeGreaterThan(70 * GIB);
    expect(bytesBeforePartsLargerThan(416 * MIB)).toBeGreaterThan(1024 * GIB);
  });

  it('has no part after the last that S3 takes', () => {
    expect(() => partSizeBytes(10_001)).toThrow('S3 takes 10000 parts; there is no part 10001');
  });
});

describe('maxPartsInFlight', () => {
  it('allows two small parts, and one of any size', () => {
    expect([8 * MIB, 24 * MIB, 2_000 * MIB].map(maxPartsInFlight)).toEqual([2, 1, 1]);
  });
});
