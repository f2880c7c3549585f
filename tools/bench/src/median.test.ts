import { median } from './median.ts';

describe('median', () => {
  it.each([
    [[7], 7],
    [[9, 1, 5], 5],
    [[10, 2, 8, 4], 6],
  ])('of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  it('does not exist of no values', () => {
    expect(() => median([])).toThrow('There is no median of no values');
  });
});
