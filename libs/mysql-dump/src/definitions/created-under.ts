import { quoteLiteral } from '@serverless-ops/mysql-connect';
import type { DatabaseDefaults } from '../inventory/inventory.ts';
import type { Definition } from './show-create.ts';
import { statement, type Statement } from './statement.ts';

/** Character sets and collations are words: they are not quoted in SET, and hold nothing that could need it. */
const WORD = /^\w+$/;

function word(name: string): string {
  if (!WORD.test(name)) throw new RangeError(`${JSON.stringify(name)} is no character set or collation.`);
  return name;
}

/** The session that a stored program is created in, as the server remembers it of the source. */
export function createdUnder(
  definition: Definition,
  { collation }: DatabaseDefaults,
): {
  before: Statement[];
  after: Statement[];
} {
  const { sqlMode, characterSetClient, collationConnection, databaseCollation, timeZone } = definition;
  const settings = [
    // A view has none, and its statement means the same in each but for backslashes and quotes.
    `sql_mode = ${quoteLiteral(sqlMode ?? '')}`,
    `time_zone = ${quoteLiteral(timeZone ?? '+00:00')}`,
    ...(characterSetClient === undefined ? [] : [`character_set_client = ${word(characterSetClient)}`]),
    ...(collationConnection === undefined ? [] : [`collation_connection = ${word(collationConnection)}`]),
  ];
  // Types without a character set take the database's. Without a name, the statement is about the restored database.
  const isOlder = databaseCollation !== undefined && databaseCollation !== collation;
  return {
    before: [
      ...(isOlder ? [statement(`ALTER DATABASE COLLATE ${word(databaseCollation)}`)] : []),
      statement(`SET ${settings.join(', ')}`),
    ],
    after: isOlder ? [statement(`ALTER DATABASE COLLATE ${word(collation)}`)] : [],
  };
}

/** Makes the restored database's defaults those of the source, whatever its name and however it was created. */
export function databaseDefaults({ characterSet, collation, comment }: DatabaseDefaults): Statement {
  const options = `CHARACTER SET ${word(characterSet)} COLLATE ${word(collation)}`;
  return statement(`ALTER DATABASE ${options}${comment === '' ? '' : ` COMMENT ${quoteLiteral(comment)}`}`);
}
