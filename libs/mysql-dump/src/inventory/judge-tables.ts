import { JobError } from '@serverless-ops/job-schemas';
import type { AccountRights } from './account-rights.ts';
import type { Incompleteness } from './incompleteness.ts';
import type { ListedColumn, ListedTable } from './read-tables.ts';

/** Engines whose rows are in the table itself, so that reading and inserting them brings them back. */
const HOLD_ROWS = /^(InnoDB|MyISAM|Aria|MEMORY|HEAP|CSV|ARCHIVE|RocksDB|TokuDB|ndbcluster|Mroonga|ColumnStore)$/i;

/** Engines whose tables are their definition: a MERGE's rows are those of its children, and a BLACKHOLE has none. */
const HOLD_NOTHING = /^(MRG_MyISAM|MERGE|BLACKHOLE|SEQUENCE)$/i;

/** Engines whose rows are on other servers or in files; to insert them there again would double them. */
const HOLD_ELSEWHERE = /^(FEDERATED|CONNECT|SPIDER|SPHINX|OQGRAPH|S3|EXAMPLE)$/i;

/** Types of both makers that the dump is known to bring back; a server that knows more may need more. */
const KNOWN_TYPES = new Set(
  `tinyint smallint mediumint int bigint decimal float double bit year date time datetime timestamp char varchar tinytext
  text mediumtext longtext binary varbinary tinyblob blob mediumblob longblob enum set json geometry point linestring
  polygon multipoint multilinestring multipolygon geometrycollection geomcollection vector uuid inet4 inet6`.split(
    /\s+/,
  ),
);

export interface JudgedTables {
  /** The tables that can be dumped. */
  readonly dumped: readonly ListedTable[];
  /** Whether the rows of a dumped table belong into the dump. */
  readonly holdsRows: (table: ListedTable) => boolean;
  readonly incomplete: readonly Incompleteness[];
}

/**
 * Sorts out what a dump would get wrong in silence. Throws DumpFailed for a table that cannot be read or whose rows
 * nobody can judge: `exclude_tables` leaves it out on purpose. Throws AccessDenied where no table can be read.
 */
export function judgeTables(
  tables: readonly ListedTable[],
  columns: ReadonlyMap<string, readonly ListedColumn[]>,
  rights: AccountRights,
): JudgedTables {
  const dumped = tables.filter(({ name }) => rights.hasOnTable('SELECT', name));
  if (tables.length > 0 && dumped.length === 0) {
    throw new JobError(
      'AccessDenied',
      `The account may read none of the ${tables.length} tables that it sees. It lacks the right SELECT. GRANT it on the database, then order the job again.`,
    );
  }
  const problems = dumped.flatMap((table) => problemOf(table, columns.get(table.name) ?? []) ?? []);
  if (problems.length > 0) {
    throw new JobError(
      'DumpFailed',
      `The backup cannot hold ${problems.length} of the tables: ${problems.slice(0, 10).join('; ')}. Nothing was dumped. Repair or drop them, or name them in exclude_tables.`,
    );
  }
  const unreadable = tables.filter((table) => !dumped.includes(table));
  return {
    dumped,
    holdsRows: ({ engine }) => HOLD_ROWS.test(engine ?? ''),
    incomplete: [
      ...unreadable.map(({ name }) => ({
        what: `table ${JSON.stringify(name)}`,
        why: 'The account lacks the right SELECT on the whole of it.',
        remedy: 'GRANT SELECT on it to the account.',
      })),
      ...dumped
        .filter(({ engine }) => HOLD_ELSEWHERE.test(engine ?? ''))
        .map(({ name, engine }) => ({
          what: `rows of table ${JSON.stringify(name)}`,
          why: `Its engine ${engine} keeps them outside of the database; only the definition is in the backup.`,
          remedy: 'Back them up where they are.',
        })),
      ...dumped.flatMap(needsOf),
    ],
  };
}

function problemOf({ name, engine, comment }: ListedTable, columns: readonly ListedColumn[]): string | undefined {
  const quoted = JSON.stringify(name);
  if (engine === null) return `${quoted} cannot be opened (${comment})`;
  if (![HOLD_ROWS, HOLD_NOTHING, HOLD_ELSEWHERE].some((known) => known.test(engine)))
    return `${quoted} has the unknown engine ${engine}`;
  const unknown = columns.find(({ dataType }) => !KNOWN_TYPES.has(dataType));
  return (
    unknown && `${quoted} has the column ${JSON.stringify(unknown.name)} of the unknown type ${unknown.columnType}`
  );
}

/** What has to be on the server before the table can be restored on it. */
function needsOf({ name, createOptions }: ListedTable): Incompleteness[] {
  const what = `table ${JSON.stringify(name)}`;
  return /encrypt(ion|ed)=["']?y/i.test(createOptions)
    ? [
        {
          what,
          why: 'It is encrypted by the server.',
          remedy: 'Restore it on a server with a keyring or key management plugin.',
        },
      ]
    : [];
}
