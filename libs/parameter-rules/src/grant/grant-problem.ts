import { JobError } from '@serverless-ops/job-schemas';

/** What a grant has to look like. */
const ALLOWED =
  "A job accepts one statement without comments, such as GRANT SELECT, INSERT ON shop.* TO 'frank'@'%': static " +
  'privileges, on *.*, a database, a table or (without ON) the database of the request, to the account of the ' +
  'request, with or without WITH GRANT OPTION.';

/** Characters of a grant that a message repeats at most. */
const MAX_QUOTED = 40;

/** What was found in a grant, as a sentence with the found text put in by `quote`. */
export type Found = (quote: (text: string) => string) => string;

/** Thrown when the text of a grant is not what a job takes. */
export class GrantProblem extends JobError {
  /** What is wrong, without a word of the text itself: `ops` repeats no value. */
  readonly withoutText: string;

  /** @param at where it was found: 1 is the first character */
  constructor(found: Found, at: number) {
    const quote = (text: string): string => JSON.stringify(text.slice(0, MAX_QUOTED));
    super(
      'ParameterInvalid',
      `The grant cannot be used: ${found(quote)}. ${ALLOWED} Correct the parameter "grant" and order the job again.`,
    );
    this.withoutText = `is no grant that a job accepts: ${found(() => '"…"')}, at character ${at}. ${ALLOWED}`;
  }
}
