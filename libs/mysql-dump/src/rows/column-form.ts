import type { DumpColumn } from '../dump-table.ts';
import { quoteIdentifier } from '@serverless-ops/mysql-connect';

/**
 * How the values of a column are written:
 *
 * - `digits`: as they are, without quotes.
 * - `plain`: in quotes; they have no byte that needs escaping.
 * - `bytes`: in quotes and escaped. Under `SET NAMES binary` such a literal is a byte string: every column takes it
 *   without a conversion, whatever its character set.
 * - `binary`: as `bytes`, and said to be bytes, for a session that is not under `SET NAMES binary`.
 * - `text`: as `bytes`, but said to be utf8mb4, for types that parse a text and refuse or misread a byte string.
 */
export type ColumnForm = 'digits' | 'plain' | 'bytes' | 'text' | 'binary';

/** Types whose values have digits, a sign and a point only. A YEAR of 0 must not be quoted: '0' would be 2000. */
const DIGITS = new Set(['tinyint', 'smallint', 'mediumint', 'int', 'bigint', 'decimal', 'year']);

/** A double without an exponent would be read as a DECIMAL, and -0 as an integer. In quotes it stays a double. */
const PLAIN = new Set(['float', 'double', 'date', 'time', 'datetime', 'timestamp']);

const BYTES = new Set([
  ...['char', 'varchar', 'tinytext', 'text', 'mediumtext', 'longtext', 'enum', 'set'],
  ...['binary', 'varbinary', 'tinyblob', 'blob', 'mediumblob', 'longblob', 'bit', 'vector'],
  ...['geometry', 'point', 'linestring', 'polygon', 'geomcollection', 'geometrycollection'],
  ...['multipoint', 'multilinestring', 'multipolygon'],
]);

/** The form of a column; a type that this list does not know arrives as a text, and is written as one. */
export function columnForm(column: DumpColumn): ColumnForm {
  const { dataType } = column;
  if (DIGITS.has(dataType) || isByNumber(column)) return 'digits';
  if (PLAIN.has(dataType)) return 'plain';
  return BYTES.has(dataType) ? 'bytes' : 'text';
}

/**
 * The column in a SELECT. The server writes a FLOAT with 6 digits, and a double with all; the product, unlike a sum,
 * keeps the sign of -0.
 */
export function selectExpression(column: DumpColumn): string {
  const quoted = quoteIdentifier(column.name);
  if (isByNumber(column)) return `CAST(${quoted} AS UNSIGNED)`;
  return column.dataType === 'float' ? `${quoted} * 1e0` : quoted;
}

/** No collation takes two of these for each other, unless they differ in their case alone. */
const PRINTABLE_ASCII = /^[ -~]*$/;

/** A character that is shown as another, quotes and escapes, and the member that is empty. */
const UNCLEAR = /[?"\\]|''/;

/**
 * Whether an ENUM or SET comes as its number, because its text does not tell its members apart: an empty one from no
 * member, which an invalid value became; two that a session which was not strict could make alike; a `?` that stands for
 * a character. A value by its text gets the first member that the collation finds equal.
 */
function isByNumber({ dataType, columnType }: DumpColumn): boolean {
  if (dataType !== 'enum' && dataType !== 'set') return false;
  const members = columnType
    .toLowerCase()
    .slice(dataType.length + 1, -1)
    .split(',');
  return !PRINTABLE_ASCII.test(columnType) || UNCLEAR.test(columnType) || new Set(members).size < members.length;
}
