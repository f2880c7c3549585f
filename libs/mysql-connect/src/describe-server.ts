import type { RowDataPacket } from 'mysql2/promise';
import { connect } from './connect.ts';
import type { DatabaseConnection } from './database-connection.ts';
import { translateMysqlError } from './translate-mysql-error.ts';

/** What a backup notes about the server and database that it comes from. */
export interface ServerDescription {
  readonly version: string;
  readonly characterSet: string;
  readonly collation: string;
  /** Size of the rows by the server's own statistics, an estimate; undefined when it has none. */
  readonly dataBytes: number | undefined;
  /** Whether a table has a generated column: MySQL takes no value for one, and MariaDB's dump tool writes them. */
  readonly hasGeneratedColumns: boolean;
}

const DESCRIPTION = `
  SELECT VERSION() AS version, @@character_set_database AS characterSet, @@collation_database AS collation,
         (SELECT CAST(SUM(data_length) AS UNSIGNED) FROM information_schema.tables
          WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE') AS dataBytes,
         EXISTS (SELECT 1 FROM information_schema.columns
                 WHERE table_schema = DATABASE() AND generation_expression <> '') AS hasGeneratedColumns`;

/** Logs in once and asks. Throws the JobErrors of {@link translateMysqlError}. */
export async function describeServer(connection: DatabaseConnection): Promise<ServerDescription> {
  const session = await connect(connection);
  try {
    const [[row]] = await session.query<(ServerDescription & RowDataPacket)[]>(DESCRIPTION);
    if (row === undefined) throw new Error('The server answered a SELECT without a FROM with no row.');
    const { version, characterSet, collation, dataBytes, hasGeneratedColumns } = row;
    return {
      version,
      characterSet,
      collation,
      dataBytes: dataBytes ?? undefined,
      // SQL has no booleans: EXISTS gives 0 or 1.
      hasGeneratedColumns: Number(hasGeneratedColumns) === 1,
    };
  } catch (error) {
    throw translateMysqlError(error, connection);
  } finally {
    session.destroy();
  }
}
