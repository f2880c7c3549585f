import type { Connection } from 'mysql2/promise';
import { selectRows } from './select-rows.ts';

/** Whose server it is. Version numbers of the two makers say nothing about each other. */
export type ServerFlavor = 'mysql' | 'mariadb';

/**
 * Asks the server for what only one maker has: MariaDB names itself in its version, whatever number precedes it
 * (replicas of old show 5.5.5-10...), and has variables that MySQL does not.
 */
export async function readFlavor(session: Connection): Promise<ServerFlavor> {
  const [row] = await selectRows<{ version: string; comment: string }>(
    session,
    'SELECT VERSION() AS version, @@version_comment AS comment',
  );
  if (/mariadb/i.test(`${row?.version} ${row?.comment}`)) return 'mariadb';
  const own = await selectRows(session, "SHOW VARIABLES LIKE 'system_versioning_asof'");
  return own.length > 0 ? 'mariadb' : 'mysql';
}
