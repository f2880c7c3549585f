import { connect, mysqlErrorCode, type ServerConnection } from '@serverless-ops/mysql-connect';
import { selectRows } from '@serverless-ops/mysql-dump';
import type { RestorePlan } from '../backup/restore-plan.ts';
import { sendStatement } from '../load/send-statement.ts';
import type { TargetProblem } from './check-target.ts';

/**
 * Sets a session of its own up as the definitions need it, and makes nothing in it: the account may lack the right to turn
 * off what the server demands of every table, such as `sql_require_primary_key`.
 */
export async function settingProblems(
  { host, port, user, password, tls }: ServerConnection,
  { preamble }: RestorePlan,
): Promise<TargetProblem[]> {
  const session = await connect({ host, port, user, password, tls });
  try {
    for (const sql of preamble) {
      try {
        await sendStatement(session, [sql]);
      } catch (error) {
        const code = mysqlErrorCode(error) ?? '';
        if (!(error as { sqlState?: string }).sqlState) throw error;
        return [{ code: 'AccessDenied', what: await describeRefusal(session, code) }];
      }
    }
    return [];
  } finally {
    session.destroy();
  }
}

/** The preamble puts what it has to set into `@setting`. */
async function describeRefusal(session: Parameters<typeof selectRows>[0], code: string): Promise<string> {
  const [row] = await selectRows<{ setting: string | null }>(session, 'SELECT @setting AS setting');
  const settings = [...(row?.setting ?? '').matchAll(/, (\w+ = \w+)/g)].map(([, each]) => each).join(', ');
  return (
    `The account may not set what the definitions need (${code}): ${settings}. Set it for the server meanwhile, or grant the ` +
    'account SESSION_VARIABLES_ADMIN.'
  );
}
