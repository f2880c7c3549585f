import type { Connection } from 'mysql2/promise';
import type { AccountRights } from './account-rights.ts';
import type { Incompleteness } from './incompleteness.ts';
import type { ListedColumn, ListedTable } from './read-tables.ts';
import { selectRows } from './select-rows.ts';

/** No such table, column, function or database: whoever restores it gets the same answer. */
const REFERS_TO_NOTHING = [1146, 1054, 1305, 1049];

/** MySQL's SHOW CREATE VIEW leaves it out of the names of columns. */
const BLANK_AT_START = /^[\s\p{Cc}]/u;

export interface JudgedViews {
  readonly dumped: readonly string[];
  readonly incomplete: readonly Incompleteness[];
}

/** Leaves out the views that no server would take back, and those whose definition the account may not see. */
export async function judgeViews(
  session: Connection,
  database: string,
  views: readonly ListedTable[],
  { columns, rights }: { columns: ReadonlyMap<string, readonly ListedColumn[]>; rights: AccountRights },
): Promise<JudgedViews> {
  const incomplete: Incompleteness[] = [];
  const dumped: string[] = [];
  for (const { name, comment } of views) {
    const what = `view ${JSON.stringify(name)}`;
    if (!rights.hasOnTable('SHOW VIEW', name) || !rights.hasOnTable('SELECT', name)) {
      incomplete.push({
        what,
        why: 'The account may not see its definition: it lacks the right SHOW VIEW or SELECT.',
        remedy: `GRANT SELECT, SHOW VIEW ON \`${database}\`.* TO the account.`,
      });
    } else if (comment !== 'VIEW' && (await refersToNothing(session, database, name))) {
      incomplete.push({
        what,
        why: 'It refers to tables, columns or functions that do not exist, and no server creates such a view.',
        remedy: 'Repair or drop it.',
      });
    } else {
      dumped.push(name);
      if (columns.get(name)?.some((column) => BLANK_AT_START.test(column.name))) incomplete.push(losesBlanks(what));
    }
  }
  return { dumped, incomplete };
}

function losesBlanks(what: string): Incompleteness {
  return {
    what: `names of columns of ${what}`,
    why: 'They begin with a blank, which the server leaves out when it shows the view. The view is in the backup without the blanks.',
    remedy: 'Give these columns other names.',
  };
}

/**
 * Prepares the view's SELECT. A server also calls a view invalid for the rights of its definer, or for a definer that
 * does not exist; such a view can be restored.
 */
async function refersToNothing(session: Connection, database: string, name: string): Promise<boolean> {
  const [view] = await selectRows<{ body: string }>(
    session,
    'SELECT view_definition AS body FROM information_schema.views WHERE table_schema = ? AND table_name = ?',
    [database, name],
  );
  if (view === undefined) return false;
  try {
    await session.query('SET @view = ?', [view.body]);
    await session.query('PREPARE view_check FROM @view');
    await session.query('DEALLOCATE PREPARE view_check');
    return false;
  } catch (error) {
    return REFERS_TO_NOTHING.includes((error as { errno?: number }).errno ?? 0);
  }
}
