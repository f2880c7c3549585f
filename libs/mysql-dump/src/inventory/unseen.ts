import type { Incompleteness } from './incompleteness.ts';
import type { AccountRights } from './account-rights.ts';
import type { ServerFlavor } from './server-flavor.ts';

/** What a server hides without a word from an account that lacks the right, and the grant that shows it. */
export function unseen(
  rights: AccountRights,
  { flavor, database, readsProc }: { flavor: ServerFlavor; database: string; readsProc: boolean },
): Incompleteness[] {
  const on = `\`${database}\`.*`;
  const seesRoutines =
    rights.hasEverywhere('SELECT') ||
    (flavor === 'mysql' ? rights.hasEverywhere('SHOW_ROUTINE') : readsProc || rights.has('SHOW CREATE ROUTINE'));
  const missing = (what: string, right: string, grant: string): Incompleteness => ({
    what: `${what} that the account cannot see`,
    why: `The account lacks the right ${right} on the whole database, and the server hides what it is for.`,
    remedy: `GRANT ${grant} TO the account, or make sure that the database has no more ${what} than the backup.`,
  });
  return [
    ...(rights.has('SELECT') ? [] : [missing('tables and views', 'SELECT', `SELECT ON ${on}`)]),
    ...(rights.has('TRIGGER') ? [] : [missing('triggers', 'TRIGGER', `TRIGGER ON ${on}`)]),
    ...(rights.has('EVENT') ? [] : [missing('events', 'EVENT', `EVENT ON ${on}`)]),
    ...(seesRoutines
      ? []
      : [
          flavor === 'mysql'
            ? missing('routines', 'SHOW_ROUTINE', 'SHOW_ROUTINE ON *.*')
            : missing('routines', 'SELECT on mysql.proc', 'SELECT ON mysql.proc'),
        ]),
  ];
}
