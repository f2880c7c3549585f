import type { Incompleteness } from '../inventory/incompleteness.ts';

/** How MySQL shows it, behind the columns and keys: a line break within a text is escaped there. */
const TABLESPACE = /\n\) \/\*!50100 TABLESPACE `((?:[^`]|``)+)`/;

/** Tablespaces that every server has. */
const EVERYWHERE = ['innodb_system', 'innodb_file_per_table'];

/**
 * What a restore of a table of MySQL needs when the table is in a general tablespace. Only SHOW CREATE TABLE tells an
 * account without the right PROCESS where a table is. The definition comes as its bytes, one a character.
 */
export function generalTablespace(definition: string, table: string): Incompleteness[] {
  const [, shown] = TABLESPACE.exec(definition) ?? [];
  if (shown === undefined || EVERYWHERE.includes(shown)) return [];
  const tablespace = Buffer.from(shown.replaceAll('``', '`'), 'latin1').toString();
  return [
    {
      what: `tablespace of table ${JSON.stringify(table)}`,
      why: `The table is in the general tablespace ${JSON.stringify(tablespace)}, which belongs to the server and not to the database.`,
      remedy: 'CREATE TABLESPACE of that name on the other server before the restore.',
    },
  ];
}
