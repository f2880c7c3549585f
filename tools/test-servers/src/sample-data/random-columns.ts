import fc from 'fast-check';

/** A column of a random table: its type, and SQL that gives it a value. */
export interface RandomColumn {
  readonly type: string;
  readonly value: fc.Arbitrary<string>;
}

const CHARACTER_SETS = [
  ...['ascii', 'latin1', 'latin2', 'cp1251', 'koi8r', 'greek', 'utf8mb3', 'utf8mb4', 'ucs2', 'utf16', 'utf32'],
  ...['sjis', 'cp932', 'gbk', 'big5', 'ujis', 'euckr', 'gb2312', 'binary'],
];

/** Texts with what has to be quoted, in several scripts. */
const TEXT = fc.string({
  unit: fc.oneof(
    fc.constantFrom("'", '"', '`', '\\', '\n', '\r', '\0', '\t', '\u001a', ';', '-', '#', '/', '*', '%', ' ', '\u00a0'),
    fc.constantFrom('a', 'B', 'é', 'ß', 'Ж', 'ω', '表', 'ソ', '誠', '한', '☕', '🚚', 'ÿ', '€'),
  ),
  maxLength: 40,
});

const BYTES = fc.uint8Array({ maxLength: 60 }).map((bytes) => `0x${Buffer.from(bytes).toString('hex')}`);

/** As hexadecimal, so that no sql_mode and no client changes it. */
function hexLiteral(text: string): string {
  return text === '' ? "''" : `_utf8mb4 0x${Buffer.from(text, 'utf8').toString('hex')}`;
}

const textValue = TEXT.map((text) => hexLiteral(text.toWellFormed()));

function integer(type: string, bits: bigint): fc.Arbitrary<RandomColumn> {
  const half = 1n << (bits - 1n);
  return fc.boolean().map((unsigned) => ({
    type: unsigned ? `${type} UNSIGNED` : type,
    value: fc.bigInt(unsigned ? { min: 0n, max: half * 2n - 1n } : { min: -half, max: half - 1n }).map(String),
  }));
}

const decimal = fc
  .tuple(fc.integer({ min: 1, max: 35 }), fc.integer({ min: 0, max: 30 }))
  .map(([digits, scale]): RandomColumn => ({
    type: `DECIMAL(${digits + scale}, ${scale})`,
    value: fc
      .tuple(fc.bigInt({ min: 0n, max: 10n ** BigInt(digits + scale) - 1n }), fc.boolean())
      .map(([value, isNegative]) => {
        const text = String(value).padStart(scale + 1, '0');
        const cut = text.length - scale;
        return `${isNegative ? '-' : ''}${text.slice(0, cut)}${scale > 0 ? `.${text.slice(cut)}` : ''}`;
      }),
  }));

const fraction = fc.integer({ min: 0, max: 6 });

/** From the year 1000 on, in UTC; the driver is not asked. */
const instant = fc.date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });

const times = fraction.chain((digits) =>
  fc.constantFrom<RandomColumn>(
    { type: `DATETIME(${digits})`, value: instant.map((at) => `'${at.toISOString().slice(0, 23).replace('T', ' ')}'`) },
    {
      type: `TIMESTAMP(${digits}) NULL`,
      value: fc
        .integer({ min: 1, max: 2 ** 31 - 1 })
        .map((at) => `'${new Date(at * 1000).toISOString().slice(0, 19)}'`),
    },
    {
      type: `TIME(${digits})`,
      value: fc
        .tuple(fc.integer({ min: -838, max: 838 }), fc.integer({ min: 0, max: 59 }), fraction)
        .map(([hours, minutes, part]) => `'${hours}:${minutes}:07.${part}12345'`),
    },
    { type: 'DATE', value: instant.map((at) => `'${at.toISOString().slice(0, 10)}'`) },
    { type: 'YEAR', value: fc.integer({ min: 1901, max: 2155 }).map(String) },
  ),
);

const texts = fc.constantFrom(...CHARACTER_SETS).chain((characterSet) =>
  fc.constantFrom<RandomColumn>(
    ...['CHAR(40)', 'VARCHAR(60)', 'TEXT', 'LONGTEXT'].map((type) => ({
      type: `${type} CHARACTER SET ${characterSet}`,
      value: textValue,
    })),
  ),
);

const members = fc.uniqueArray(fc.constantFrom("it''s", 'a', '"', '\\\\', 'é', '表', 'x y', '🚚', ';;', ''), {
  minLength: 1,
  maxLength: 6,
});

const choices = members.map((names): RandomColumn => ({
  type: `ENUM(${names.map((name) => `'${name}'`).join(', ')})`,
  value: fc.integer({ min: 1, max: names.length }).map(String),
}));

/** A column of any type that both makers have. */
export const randomColumn: fc.Arbitrary<RandomColumn> = fc.oneof(
  integer('TINYINT', 8n),
  integer('SMALLINT', 16n),
  integer('MEDIUMINT', 24n),
  integer('INT', 32n),
  integer('BIGINT', 64n),
  decimal,
  fc.constant<RandomColumn>({
    type: 'FLOAT',
    value: fc.float({ noNaN: true, noDefaultInfinity: true }).map((value) => String(value)),
  }),
  fc.constant<RandomColumn>({
    type: 'DOUBLE',
    value: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => String(value)),
  }),
  fc.integer({ min: 1, max: 64 }).map((bits): RandomColumn => ({
    type: `BIT(${bits})`,
    value: fc.bigInt({ min: 0n, max: (1n << BigInt(bits)) - 1n }).map((value) => `b'${value.toString(2)}'`),
  })),
  times,
  texts,
  choices,
  fc.constantFrom<RandomColumn>(
    ...['BINARY(60)', 'VARBINARY(60)', 'BLOB', 'LONGBLOB'].map((type) => ({ type, value: BYTES })),
  ),
  fc.constant<RandomColumn>({
    type: 'JSON',
    value: fc.json().map((json) => `CONVERT(${hexLiteral(json.toWellFormed())} USING utf8mb4)`),
  }),
  fc.constant<RandomColumn>({
    type: 'POINT',
    value: fc.tuple(fc.integer(), fc.integer()).map(([x, y]) => `ST_GeomFromText('POINT(${x} ${y})')`),
  }),
);
