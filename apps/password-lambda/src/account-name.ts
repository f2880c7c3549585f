import { changedAccountProblem } from '@serverless-ops/parameter-rules';

/** What forbids working on an account of this name, undefined when nothing does. */
export function problemOfAccountName(name: string): string | undefined {
  const problem = changedAccountProblem(name);
  return problem && `db_user ${JSON.stringify(name)} ${problem}`;
}
