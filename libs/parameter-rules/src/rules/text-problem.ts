import { PARAMETER_STORE_LIMITS } from '@serverless-ops/aws-limits';
import { isPlaceholder } from '../placeholder.ts';

/** What a decoder leaves where bytes were no UTF-8, as in a value in Latin-1. */
const LOST_CHARACTER = '\uFFFD';

/** A GRANT statement may have lines. */
const MAY_HAVE_LINES = ['grant'];

/** What is wrong with a value whatever it is for; undefined when nothing is. */
export function textProblem(name: string, value: string): string | undefined {
  if (value === '') return 'is empty';
  // Parameter Store charges for longer values by the month (advanced tier), and no setting needs one.
  const limit = PARAMETER_STORE_LIMITS.standardValueCharacters;
  if (Buffer.byteLength(value) > limit) return `is longer than ${limit} bytes, the most that Parameter Store takes`;
  if (value.trim() === '') return 'is blank';
  if (isPlaceholder(value)) return 'is still a placeholder: store the real value';
  if (!value.isWellFormed() || value.includes(LOST_CHARACTER)) return 'is not UTF-8: store it anew, as UTF-8';
  return MAY_HAVE_LINES.includes(name) ? undefined : controlProblem(value);
}

function controlProblem(value: string): string | undefined {
  if (/^\P{Cc}*[\r\n]+$/u.test(value)) {
    return 'ends with a line break, as "echo" adds one: store it without, as with "printf %s"';
  }
  return /\p{Cc}/u.test(value) ? 'holds a line break or another control character' : undefined;
}
