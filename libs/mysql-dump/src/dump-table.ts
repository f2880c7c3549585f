/** A column of a table, as far as writing its values depends on it. */
export interface DumpColumn {
  readonly name: string;
  /** `DATA_TYPE` of information_schema, in lower case: `varchar`, `float`, `bit`, `geometry`, `json`, `vector`. */
  readonly dataType: string;
  /** `COLUMN_TYPE` of information_schema: `varchar(50)`, `bigint(20) unsigned`. */
  readonly columnType: string;
  /** Character set of a column of text; undefined for every other type. */
  readonly characterSet: string | undefined;
  readonly nullable: boolean;
}

/** A table whose rows are dumped: what the reader of rows has to know before it reads one. */
export interface DumpTable {
  readonly name: string;
  /** `InnoDB`, `MyISAM`, `Aria`, ... as the server writes it. */
  readonly engine: string;
  /** The columns that an INSERT can name, invisible ones among them, generated ones not, in their order. */
  readonly columns: readonly DumpColumn[];
  /**
   * Columns of the primary key in the key's order; empty where there is none, or where it has only the beginning of a
   * column. Such a key is in another order than its column where a collation takes several letters for one or one for
   * several (`ä` = `ae`): the server then finds too few rows for `column > value`, and sorts what is read in order.
   */
  readonly primaryKey: readonly string[];
  /** By the server's own statistics: an estimate, and 0 where the server has none. */
  readonly estimatedRows: number;
  readonly estimatedBytes: number;
  /**
   * What follows the table's name in a SELECT of its rows, such as `FOR SYSTEM_TIME ALL`.
   * @default nothing
   */
  readonly selectSuffix?: string;
  /** Whether the server keeps the rows in partitions. @default false */
  readonly isPartitioned?: boolean;
  /**
   * Whether the server computes something from a row that is inserted: a generated column, a key on an expression, a
   * check, a partition.
   * @default false
   */
  readonly computes?: boolean;
}
