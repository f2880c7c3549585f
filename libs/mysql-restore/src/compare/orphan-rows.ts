import { mysqlErrorCode, quoteIdentifier } from '@serverless-ops/mysql-connect';
import { selectRows } from '@serverless-ops/mysql-dump';
import type { Connection } from 'mysql2/promise';

const FOREIGN_KEYS = `
  SELECT constraint_name AS name, table_name AS ofTable, column_name AS ofColumn, referenced_table_schema AS refSchema,
         referenced_table_name AS refTable, referenced_column_name AS refColumn
  FROM information_schema.key_column_usage
  WHERE table_schema = ? AND referenced_table_name IS NOT NULL
  ORDER BY table_name, constraint_name, ordinal_position`;

interface KeyColumn {
  readonly name: string;
  readonly ofTable: string;
  readonly ofColumn: string;
  readonly refSchema: string;
  readonly refTable: string;
  readonly refColumn: string;
}

/**
 * Looks for rows that point to rows that are not there, which a server accepts while it checks no foreign keys. It looks at
 * each foreign key of which one end was restored and the other was not: within what was restored together, the backup was
 * of one moment. Gives a sentence for each key with such rows.
 */
export async function findOrphans(
  session: Connection,
  database: string,
  isRestored: (table: string) => boolean,
): Promise<string[]> {
  const columns = await selectRows<KeyColumn>(session, FOREIGN_KEYS, [database]);
  const keys = Map.groupBy(columns, ({ ofTable, name }) => `${quoteIdentifier(ofTable)}.${quoteIdentifier(name)}`);
  const found: string[] = [];
  for (const key of keys.values()) {
    const [first] = key;
    if (!first) continue;
    const { ofTable, refTable, refSchema, name } = first;
    if (isRestored(ofTable) === (refSchema === database && isRestored(refTable))) continue;
    const [of, to] = [JSON.stringify(ofTable), JSON.stringify(refTable)];
    const rows = await countOrphans(session, database, key);
    if (rows === 'cannot look')
      found.push(`Whether rows of table ${of} point to rows that table ${to} lacks (${name}), the account cannot see.`);
    else if (rows === 'no table')
      found.push(`Rows of table ${of} point to table ${to}, which does not exist (${name}).`);
    else if (rows > 0)
      found.push(`${rows} rows of table ${of} point to rows that table ${to} does not have (${name}).`);
  }
  return found;
}

async function countOrphans(
  session: Connection,
  database: string,
  key: readonly KeyColumn[],
): Promise<number | 'no table' | 'cannot look'> {
  const [first] = key;
  if (!first) return 0;
  const table = (schema: string, name: string): string => `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
  const child = table(database, first.ofTable);
  const points = key.map(({ ofColumn }) => `c.${quoteIdentifier(ofColumn)} IS NOT NULL`).join(' AND ');
  const meets = key.map(
    ({ ofColumn, refColumn }) => `c.${quoteIdentifier(ofColumn)} = p.${quoteIdentifier(refColumn)}`,
  );
  try {
    const [row] = await selectRows<{ orphans: unknown }>(
      session,
      `SELECT COUNT(*) AS orphans FROM ${child} c WHERE ${points} AND NOT EXISTS
         (SELECT 1 FROM ${table(first.refSchema, first.refTable)} p WHERE ${meets.join(' AND ')})`,
    );
    return Number(row?.orphans);
  } catch (error) {
    const code = mysqlErrorCode(error) ?? '';
    if (/ACCESS_?DENIED/.test(code)) return 'cannot look';
    if (code !== 'ER_NO_SUCH_TABLE') throw error;
    const some = await selectRows(session, `SELECT 1 FROM ${child} c WHERE ${points} LIMIT 1`);
    return some.length === 0 ? 0 : 'no table';
  }
}
