import fc from 'fast-check';
import type { RandomColumn } from './random-column.ts';

const SIGNS = fc.constantFrom('', '', ' UNSIGNED', ' UNSIGNED ZEROFILL');

/** A length that only tells clients how to show a value, or with ZEROFILL what the value is as a text. */
const WIDTHS = fc.constantFrom('', '', '', '(5)', '(40)');

function integer(type: string, bits: bigint): fc.Arbitrary<RandomColumn> {
  const half = 1n << (bits - 1n);
  return fc.tuple(SIGNS, WIDTHS).map(([sign, width]) => {
    const [min, max] = sign === '' ? [-half, half - 1n] : [0n, half * 2n - 1n];
    const value = fc.oneof(fc.bigInt({ min, max }), fc.constantFrom(min, max), fc.bigInt({ min: 0n, max: 127n }));
    return { type: `${type}${width}${sign}`, value: value.map(String), inKey: '' };
  });
}

const decimal = fc
  .tuple(fc.integer({ min: 1, max: 35 }), fc.integer({ min: 0, max: 30 }), SIGNS)
  .map(([digits, scale, sign]): RandomColumn => ({
    type: `DECIMAL(${digits + scale}, ${scale})${sign}`,
    value: fc
      .tuple(fc.bigInt({ min: 0n, max: 10n ** BigInt(digits + scale) - 1n }), fc.boolean())
      .map(([value, isNegative]) => {
        const text = String(value).padStart(scale + 1, '0');
        const cut = text.length - scale;
        const negative = isNegative && sign === '' ? '-' : '';
        return `${negative}${text.slice(0, cut)}${scale > 0 ? `.${text.slice(cut)}` : ''}`;
      }),
    inKey: '',
  }));

const float = fc.float({ noNaN: true, noDefaultInfinity: true }).map(String);
const double = fc.double({ noNaN: true, noDefaultInfinity: true }).map(String);

/** Every type of numbers, BIT among them. */
export const numericColumn: fc.Arbitrary<RandomColumn> = fc.oneof(
  integer('TINYINT', 8n),
  integer('SMALLINT', 16n),
  integer('MEDIUMINT', 24n),
  integer('INT', 32n),
  integer('BIGINT', 64n),
  decimal,
  SIGNS.map((sign): RandomColumn => ({ type: `FLOAT${sign}`, value: float, inKey: '' })),
  SIGNS.map((sign): RandomColumn => ({ type: `DOUBLE${sign}`, value: double, inKey: '' })),
  fc.constantFrom<RandomColumn>(
    { type: 'FLOAT(9, 3)', value: fc.float({ min: -9e5, max: 9e5, noNaN: true }).map(String), inKey: '' },
    { type: 'DOUBLE(20, 6)', value: fc.double({ min: -9e12, max: 9e12, noNaN: true }).map(String), inKey: '' },
    { type: 'BOOLEAN', value: fc.constantFrom('TRUE', 'FALSE') },
  ),
  fc.integer({ min: 1, max: 64 }).map((bits): RandomColumn => ({
    type: `BIT(${bits})`,
    value: fc.bigInt({ min: 0n, max: (1n << BigInt(bits)) - 1n }).map((value) => `b'${value.toString(2)}'`),
    inKey: '',
  })),
);
