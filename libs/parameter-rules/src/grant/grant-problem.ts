import { JobError } from '@serverless-ops/job-schemas';

/** The refusal of a grant: what was found in it, and what is allowed. */
export function grantProblem(found: string): JobError {
  return new JobError(
    'ParameterInvalid',
    `The grant cannot be used: ${found}. Allowed is one statement without comments, such as ` +
      "GRANT SELECT, INSERT ON shop.* TO 'frank'@'%': static privileges, on *.*, a database, a table or (without ON) " +
      'the database of the request, to the account of the request, with or without WITH GRANT OPTION. ' +
      'Correct the parameter "grant" and order the job again.',
  );
}
