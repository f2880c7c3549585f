import type { DumpColumn } from '../dump-table.ts';
import type { Incompleteness } from './incompleteness.ts';
import type { InventoryTable } from './inventory.ts';
import type { ListedColumn, ListedTable } from './read-tables.ts';
import { mayBeTooWide } from './row-width.ts';

export interface TableParts {
  /** Whether the server takes rows of the past back: MariaDB 10.11 and later. */
  readonly insertsHistory: boolean;
  readonly holdsRows: boolean;
  /** Whether a key or a check of the table is an expression. */
  readonly hasExpressions: boolean;
  readonly columns: readonly ListedColumn[];
  readonly primaryKey: readonly string[];
  /** Of InnoDB's pages, on a server that may refuse a table for its width; undefined on MariaDB, where a restore may not. */
  readonly pageBytes: number | undefined;
}

/** The period of a system-versioned table that names none: the server answers to these, and lists them nowhere. */
const HIDDEN_PERIOD = ['row_start', 'row_end'].map((name): DumpColumn => ({
  name,
  dataType: 'timestamp',
  columnType: 'timestamp(6)',
  characterSet: undefined,
  nullable: false,
}));

/** A listed table as the dump sees it, and what of its rows it cannot bring back. */
export function toTable(
  listed: ListedTable,
  { insertsHistory, holdsRows, hasExpressions, columns, primaryKey, pageBytes }: TableParts,
): { table: InventoryTable; incomplete: Incompleteness[] } {
  const { name, estimatedRows, estimatedBytes } = listed;
  const engine = listed.engine ?? '';
  const period = columns.filter(({ generationExpression }) => /^ROW (START|END)$/.test(generationExpression));
  const lost = listed.type === 'SYSTEM VERSIONED' ? whyHistoryIsLost(period, insertsHistory) : undefined;
  const hasHistory = listed.type === 'SYSTEM VERSIONED' && lost === undefined;
  const insertable = columns.filter(({ generated }) => !generated).map(toColumn);
  const periodColumns = period.length > 0 ? period.map(toColumn) : HIDDEN_PERIOD;
  const end = period.find(({ generationExpression }) => generationExpression === 'ROW END')?.name ?? 'row_end';
  const rows = {
    ...{ name, engine, estimatedRows, estimatedBytes },
    columns: hasHistory ? [...insertable, ...periodColumns] : insertable,
    // The server itself takes the end of a row's period into the key.
    primaryKey: hasHistory && primaryKey.length > 0 ? [...primaryKey, end] : primaryKey,
    ...(hasHistory && { selectSuffix: 'FOR SYSTEM_TIME ALL' }),
    ...(isPartitioned(listed) && { isPartitioned: true }),
    computes: hasExpressions || columns.some(({ generated }) => generated) || isPartitioned(listed),
  };
  const isWide =
    pageBytes !== undefined && engine === 'InnoDB' && mayBeTooWide(columns, { pageBytes, rowFormat: listed.rowFormat });
  return {
    table: { name, engine, isLax: isWide || isLax(listed), rows: holdsRows ? rows : undefined },
    incomplete: lost === undefined ? [] : [{ what: `history of table ${JSON.stringify(name)}`, ...lost }],
  };
}

function whyHistoryIsLost(
  period: readonly ListedColumn[],
  insertsHistory: boolean,
): Pick<Incompleteness, 'why' | 'remedy'> | undefined {
  if (period.some(({ dataType }) => dataType === 'bigint')) {
    return {
      why: 'It is kept by transaction numbers, which mean something on its own server only. The present rows are in the backup.',
      remedy: 'Version the table by time (TIMESTAMP(6)) if its history has to be restored.',
    };
  }
  if (insertsHistory) return undefined;
  return {
    why: 'This version of MariaDB takes no rows of the past back. The present rows are in the backup.',
    remedy: 'Use MariaDB 10.11 or later if its history has to be restored.',
  };
}

function toColumn({ name, dataType, columnType, characterSet, nullable }: ListedColumn): DumpColumn {
  return { name, dataType, columnType, characterSet, nullable };
}

function isPartitioned({ createOptions }: ListedTable): boolean {
  return /\bpartitioned\b/i.test(createOptions);
}

/** Whether the table does not have its options as they were asked for. */
function isLax({ engine, createOptions, rowFormat }: ListedTable): boolean {
  if (engine !== 'InnoDB') return false;
  const [, asked] = /row_format=(\w+)/i.exec(createOptions) ?? [];
  const differs = asked !== undefined && asked.toLowerCase() !== rowFormat.toLowerCase();
  return differs || (/key_block_size=/i.test(createOptions) && rowFormat.toLowerCase() !== 'compressed');
}
