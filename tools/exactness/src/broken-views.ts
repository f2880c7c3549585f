import type { DatabaseServer } from '@serverless-ops/test-servers';

const NO_SUCH_DEFINER = 1449;

/** Whether there are views that cannot be read, but for the want of a definer that the source had not either. */
export async function brokenViews(server: DatabaseServer, database: string): Promise<string[]> {
  const views = await server.query(
    `SELECT table_name AS name FROM information_schema.views WHERE table_schema = '${database}'`,
  );
  let broken = false;
  for (const { name } of views) {
    try {
      await server.query(`SELECT * FROM \`${String(name).replaceAll('`', '``')}\``, database);
    } catch (error) {
      if ((error as { errno?: number }).errno !== NO_SUCH_DEFINER) broken = true;
    }
  }
  return broken ? ['views of the source'] : [];
}
