import { JobError } from '@serverless-ops/job-schemas';
import type { Connection } from 'mysql2/promise';
import { selectRows } from './select-rows.ts';

/** A database as its server calls it. */
export interface DatabaseName {
  readonly database: string;
  /** Whether the server takes `Shop` and `shop` for one name: `lower_case_table_names` is 1 or 2. */
  readonly ignoresCase: boolean;
}

/** What a server keeps about itself: the same on both makers, although each makes some of it in another way. */
const SYSTEM_DATABASES = ['information_schema', 'mysql', 'performance_schema', 'sys'];

/**
 * Looks up how the server spells the name of a database: it may have accepted another spelling at the login. Throws
 * JobError ParameterInvalid for a system database: its tables change with every read, or no server takes them back.
 */
export async function readDatabaseName(session: Connection, asked: string): Promise<DatabaseName> {
  const [settings] = await selectRows<{ lowerCase: unknown }>(session, 'SELECT @@lower_case_table_names AS lowerCase');
  const ignoresCase = Number(settings?.lowerCase) > 0;
  const rows = await selectRows<{ name: string }>(
    session,
    'SELECT schema_name AS name FROM information_schema.schemata WHERE schema_name = ?',
    [asked],
  );
  const names = rows.map(({ name }) => name);
  const database = names.includes(asked) || !ignoresCase ? asked : (names[0] ?? asked);
  if (SYSTEM_DATABASES.includes(isAlwaysCaseless(database) || ignoresCase ? database.toLowerCase() : database)) {
    throw new JobError(
      'ParameterInvalid',
      `"${asked}" is a system database, which a server makes for itself and does not take back from a backup. ` +
        'Nothing was read. Set db_name to the database of an application.',
    );
  }
  return { database, ignoresCase };
}

/** Every server answers to these two in capitals, too. */
function isAlwaysCaseless(database: string): boolean {
  return /^(information|performance)_schema$/i.test(database);
}
