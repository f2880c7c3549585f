import type { BenchServer } from './change-bench.ts';

/** How every session of ours begins; the sessions of the tests themselves do not, and may write passwords. */
const BEGINS_OURS = 'SET character_set_client = utf8mb4, %';

/** The general log of a server, from the moment it was opened. */
export interface GeneralLog {
  /** What our sessions ran and somebody could read a secret in. */
  linesWith(secrets: Iterable<string>): Promise<string[]>;
}

/** Lets a server write down every statement. Logs that are open at the same time do not disturb each other. */
export async function openGeneralLog(server: BenchServer): Promise<GeneralLog> {
  await server.query("SET GLOBAL log_output = 'TABLE'");
  await server.query('SET GLOBAL general_log = 1');
  const [row] = await server.query('SELECT CONNECTION_ID() AS id');
  const openedBy = Number(row?.['id']);
  return {
    async linesWith(secrets) {
      const sought = [...secrets];
      const rows = await server.query(
        `SELECT CAST(argument AS CHAR CHARACTER SET utf8mb4) AS line FROM mysql.general_log WHERE thread_id > ${openedBy}
         AND thread_id IN (SELECT thread_id FROM mysql.general_log WHERE argument LIKE '${BEGINS_OURS}')`,
      );
      return rows.map(({ line }) => String(line)).filter((line) => sought.some((secret) => line.includes(secret)));
    },
  };
}
