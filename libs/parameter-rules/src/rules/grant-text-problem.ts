import { GrantProblem } from '../grant/grant-problem.ts';
import { parseGrant } from '../grant/parse-grant.ts';

/** Why a value is no grant for an account. Tells where in the text, and not a word of the text itself. */
export function grantTextProblem(value: string, dbUser: string): string | undefined {
  try {
    // Which database it is for without ON makes no difference to whether it can be read.
    parseGrant(value, { user: dbUser, database: 'any' });
    return undefined;
  } catch (error) {
    if (error instanceof GrantProblem) return error.withoutText;
    throw error;
  }
}
