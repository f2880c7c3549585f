import type { Connection } from 'mysql2/promise';
import type { Incompleteness } from './incompleteness.ts';
import type { DatabaseDefaults } from './inventory.ts';
import { selectRows, whereKnown } from './select-rows.ts';
import type { ServerFlavor } from './server-flavor.ts';

/** The database's own defaults, and those that a restore cannot set. */
export async function readDefaults(
  session: Connection,
  database: string,
  flavor: ServerFlavor,
): Promise<{ defaults: DatabaseDefaults; incomplete: Incompleteness[] }> {
  // "*" because only MariaDB has a column for the comment and only MySQL 8 one for encryption.
  const rows = await selectRows<Record<string, string>>(
    session,
    'SELECT * FROM information_schema.schemata WHERE schema_name = ?',
    [database],
  );
  const row = rows.find(({ SCHEMA_NAME }) => SCHEMA_NAME === database) ?? {};
  const options = flavor === 'mysql' ? await readOptions(session, database) : '';
  const incomplete: Incompleteness[] = [
    ...(row['DEFAULT_ENCRYPTION'] === 'YES'
      ? [
          {
            what: 'default encryption of the database',
            why: 'The server encrypts new tables of this database; a restored one has the default of its server.',
            remedy: "Create the target with DEFAULT ENCRYPTION = 'Y'.",
          },
        ]
      : []),
    ...(options.includes('READ ONLY=1')
      ? [
          {
            what: 'READ ONLY of the database',
            why: 'The database takes no changes; a restored one does.',
            remedy: 'ALTER DATABASE the target READ ONLY = 1 after the restore.',
          },
        ]
      : []),
  ];
  return {
    defaults: {
      characterSet: row['DEFAULT_CHARACTER_SET_NAME'] ?? 'utf8mb4',
      collation: row['DEFAULT_COLLATION_NAME'] ?? 'utf8mb4_general_ci',
      comment: row['SCHEMA_COMMENT'] ?? '',
    },
    incomplete,
  };
}

/** MySQL 8.0.22 and later. */
async function readOptions(session: Connection, database: string): Promise<string> {
  const rows = await whereKnown(
    selectRows<{ options: string | null }>(
      session,
      'SELECT options AS options FROM information_schema.schemata_extensions WHERE schema_name = ?',
      [database],
    ),
  );
  return rows[0]?.options ?? '';
}
