import type { ListedColumn } from './read-tables.ts';

/** Of a record: its head, and the row, transaction and roll pointers. */
const AROUND_BYTES = 5 + 6 + 6 + 7;
/** What half a page has less, for its own head and directory: half of 16 KiB holds 8,126 bytes. */
const PAGE_BYTES = 66;
/** Of rows in pages of 64 KiB. */
const MAX_BYTES = 16_383;

/** What stays in the page of a value that may be stored elsewhere, its length included. */
const LOCAL_BYTES = 41;
const LOCAL_BYTES_OF_OLD_FORMATS = 790;

const FIXED_BYTES: Readonly<Record<string, number>> = {
  ...{ tinyint: 1, smallint: 2, mediumint: 3, int: 4, bigint: 8, float: 4, double: 8, bit: 8, enum: 2, set: 8 },
  ...{ year: 1, date: 3, time: 6, datetime: 8, timestamp: 7 },
};

/** Four bytes for nine digits, before and behind the point. */
const DECIMAL_BYTES = 32;

/** Bytes of a character, where all have as many: CHAR is then stored at its full length. */
const FIXED_CHARACTERS: readonly (readonly [RegExp, number])[] = [
  [/^(utf8|utf16|sjis|cp932|gb|big5|ujis|euc)/, 0],
  [/^ucs2$/, 2],
  [/^utf32$/, 4],
];

const MAX_CHARACTER_BYTES = 4;

/**
 * Whether the longest row that its columns allow may not fit into a page of InnoDB. Such a table can only be made under
 * `innodb_strict_mode = OFF`, which was the default up to MySQL 5.6. Never false where InnoDB would refuse (its
 * `dict_index_validate_max_rec_size`), and true for a few that it would take.
 */
export function mayBeTooWide(
  columns: readonly ListedColumn[],
  { pageBytes, rowFormat }: { readonly pageBytes: number; readonly rowFormat: string },
): boolean {
  const local = /^(compact|redundant)$/i.test(rowFormat) ? LOCAL_BYTES_OF_OLD_FORMATS : LOCAL_BYTES;
  const bytes = columns.filter(({ generated, stored }) => stored || !generated).map((column) => bytesOf(column, local));
  const row = bytes.reduce((sum, size) => sum + size, AROUND_BYTES + bytes.length / 8);
  return row >= Math.min(pageBytes / 2 - PAGE_BYTES, MAX_BYTES);
}

function bytesOf({ dataType, columnType, characterSet }: ListedColumn, local: number): number {
  const fixed = dataType === 'decimal' ? DECIMAL_BYTES : FIXED_BYTES[dataType];
  if (fixed !== undefined) return fixed;
  const length = Number(/\((\d+)\)/.exec(columnType)?.[1] ?? Infinity);
  const [, characterBytes = 1] = FIXED_CHARACTERS.find(([names]) => names.test(characterSet ?? 'binary')) ?? [];
  if (/^(char|binary)$/.test(dataType) && characterBytes > 0) return length * characterBytes;
  return Math.min(length * (characterBytes || MAX_CHARACTER_BYTES) + 1, local);
}
