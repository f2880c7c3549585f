import { quoteStringLiteral } from '@serverless-ops/mysql-connect';
import type { BenchServer } from './change-bench.ts';

/** How each of our sessions begins; the sessions of the tests themselves do not, and may write passwords. */
const BEGINS_OURS = 'SET character_set_client = utf8mb4, %';

/** The general log of a server, from the moment it was opened. */
export interface GeneralLog {
  /** What our sessions ran and somebody could read one of the secrets in. */
  linesWith(secrets: readonly string[]): Promise<string[]>;
}

/** Lets a server write down every statement. Logs that are read together are opened together: each begins anew. */
export async function openGeneralLog(server: BenchServer): Promise<GeneralLog> {
  await server.query("SET GLOBAL log_output = 'TABLE'");
  await server.query('SET GLOBAL general_log = 1');
  await server.query('TRUNCATE TABLE mysql.general_log');
  return {
    async linesWith(secrets) {
      if (secrets.length === 0) return [];
      // Byte by byte: the log of MariaDB and a password may be of character sets that do not compare.
      const shows = secrets
        .map((secret) => `INSTR(CAST(argument AS BINARY), CAST(${quoteStringLiteral(secret)} AS BINARY)) > 0`)
        .join(' OR ');
      const rows = await server.query(
        `SELECT CAST(argument AS CHAR CHARACTER SET utf8mb4) AS line FROM mysql.general_log WHERE (${shows})
         AND thread_id IN (SELECT thread_id FROM mysql.general_log WHERE argument LIKE '${BEGINS_OURS}')`,
      );
      return rows.map(({ line }) => String(line));
    },
  };
}
