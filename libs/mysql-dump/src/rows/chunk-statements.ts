import { quoteIdentifier } from '@serverless-ops/mysql-connect';
import type { DumpColumn, DumpTable } from '../dump-table.ts';
import { columnForm, selectExpression, type ColumnForm } from './column-form.ts';

/** What a chunk is written with. */
export interface ChunkStatements {
  readonly select: string;
  readonly preamble: Buffer;
  readonly insertHead: Buffer;
  readonly forms: readonly ColumnForm[];
}

/** A dump must not fail on what its database holds: a 0 in an AUTO_INCREMENT column, 2024-02-31, 0000-00-00. */
const LENIENT = 'NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES';

/** A value that a column cannot hold ends the restore, where it would otherwise be cut off without a word. */
const STRICT = `STRICT_ALL_TABLES,${LENIENT}`;

/**
 * The statements of a chunk of a table. `where` is a condition on its rows; its rows come in the order of the primary
 * key, which is the order that InnoDB stores them in.
 */
export function chunkStatements(table: DumpTable, where?: string): ChunkStatements {
  const columns = table.columns.map(({ name }) => quoteIdentifier(name)).join(',');
  return {
    select: selectStatement(table, where),
    preamble: Buffer.from(chunkPreamble(table)),
    insertHead: Buffer.from(`INSERT INTO ${quoteIdentifier(table.name)} (${columns}) VALUES `),
    forms: table.columns.map((column) => formIn(table, column)),
  };
}

/**
 * MySQL reads the bounds of partitions in the character set of the session that first opens the table: under `SET NAMES
 * binary`, a bound of `'ä'` would be two characters, and rows would get into the wrong partition, where queries miss them.
 */
function formIn({ isPartitioned }: DumpTable, column: DumpColumn): ColumnForm {
  const form = columnForm(column);
  return isPartitioned === true && form === 'bytes' ? 'binary' : form;
}

/**
 * The rows of a table, or those of them that fulfil a condition, each column as its checksum and its text need it. Of a
 * table whose columns are all generated, there is no more to read than how many rows it has.
 */
function selectStatement(table: DumpTable, where?: string): string {
  return [
    `SELECT ${table.columns.map(selectExpression).join(',') || 'NULL'}`,
    `FROM ${quoteIdentifier(table.name)}`,
    ...(table.selectSuffix === undefined ? [] : [table.selectSuffix]),
    ...inKeyOrder(table),
    ...(where === undefined ? [] : [`WHERE ${where}`]),
    ...(readsInKeyOrder(table) ? [`ORDER BY ${table.primaryKey.map(quoteIdentifier).join(',')}`] : []),
  ].join(' ');
}

/** Without the hint, the optimizer may take a smaller index that has all columns, and sort. */
function inKeyOrder(table: DumpTable): string[] {
  return readsInKeyOrder(table) ? ['FORCE INDEX (PRIMARY)'] : [];
}

function readsInKeyOrder({ engine, primaryKey }: DumpTable): boolean {
  return engine === 'InnoDB' && primaryKey.length > 0;
}

/**
 * The session that a chunk needs, so that each chunk can be loaded by itself. An ENUM may hold the empty value that an
 * invalid one became, and a strict session takes no such value. Nor does it take a row for which an expression of the
 * table gives a warning, and the session that wrote the row at the source may not have been strict.
 */
function chunkPreamble(table: DumpTable): string {
  const isStrict = table.computes !== true && table.columns.every(({ dataType }) => dataType !== 'enum');
  const assignments = [
    `sql_mode='${isStrict ? STRICT : LENIENT}'`,
    "time_zone='+00:00'",
    'unique_checks=0',
    'foreign_key_checks=0',
  ];
  const mariadb = [
    '/*M!100201 ,check_constraint_checks=0 */',
    ...(table.selectSuffix === undefined ? [] : ['/*M!101100 ,system_versioning_insert_history=1 */']),
  ];
  return `SET NAMES ${table.isPartitioned === true ? 'utf8mb4' : 'binary'};\nSET ${assignments.join(',')} ${mariadb.join('')};\n`;
}
