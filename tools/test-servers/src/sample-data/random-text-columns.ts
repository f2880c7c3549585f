import fc from 'fast-check';
import type { RandomColumn } from './random-column.ts';

const CHARACTER_SETS = [
  ...['ascii', 'latin1', 'latin2', 'cp1251', 'koi8r', 'greek', 'hebrew', 'tis620', 'utf8mb3', 'utf8mb4', 'ucs2'],
  ...['utf16', 'utf16le', 'utf32', 'sjis', 'cp932', 'eucjpms', 'ujis', 'gbk', 'gb2312', 'big5', 'euckr', 'binary'],
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

/** A key cannot hold all of a long text. */
const PREFIX = '(20)';

const texts = fc.constantFrom(...CHARACTER_SETS).chain((characterSet) =>
  fc.constantFrom<RandomColumn>(
    ...['CHAR(40)', 'VARCHAR(60)', 'TINYTEXT', 'TEXT', 'MEDIUMTEXT', 'LONGTEXT'].map((type) => ({
      type: `${type} CHARACTER SET ${characterSet}`,
      value: textValue,
      inKey: type.includes('TEXT') ? PREFIX : '',
    })),
  ),
);

const members = fc.uniqueArray(fc.constantFrom("it''s", 'a', '"', '\\\\', 'é', '表', 'x y', '🚚', ';;', ''), {
  minLength: 1,
  maxLength: 6,
});

/** In character sets that have all members or replace some, as a server does that is not strict. */
const choices = fc
  .tuple(members, fc.constantFrom('', '', ' CHARACTER SET utf16', ' CHARACTER SET gbk', ' CHARACTER SET latin1'))
  .chain(([names, characterSet]) =>
    fc.constantFrom<RandomColumn>(
      {
        type: `ENUM(${names.map((name) => `'${name}'`).join(', ')})${characterSet}`,
        // 0 is the empty value that an invalid one becomes.
        value: fc.integer({ min: 0, max: names.length }).map(String),
        inKey: '',
      },
      {
        type: `SET(${names.map((name) => `'${name}'`).join(', ')})${characterSet}`,
        value: fc.integer({ min: 0, max: 2 ** names.length - 1 }).map(String),
      },
    ),
  );

const bytes = fc.constantFrom<RandomColumn>(
  ...['BINARY(60)', 'VARBINARY(60)', 'TINYBLOB', 'BLOB', 'MEDIUMBLOB', 'LONGBLOB'].map((type) => ({
    type,
    value: BYTES,
    inKey: type.includes('BLOB') ? PREFIX : '',
  })),
);

const json: RandomColumn = {
  type: 'JSON',
  value: fc.json().map((text) => `CONVERT(${hexLiteral(text.toWellFormed())} USING utf8mb4)`),
};

/** Texts, bytes, and what is made of them. */
export const textColumn: fc.Arbitrary<RandomColumn> = fc.oneof(
  { weight: 4, arbitrary: texts },
  { weight: 2, arbitrary: choices },
  { weight: 2, arbitrary: bytes },
  { weight: 1, arbitrary: fc.constant(json) },
);
