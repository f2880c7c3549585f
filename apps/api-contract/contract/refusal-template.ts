import { problem, type ProblemName } from './problems.ts';

/** The answer to a caller when Step Functions refuses a request for a reason that the caller can correct. */
export interface Refusal {
  /** Names of Step Functions' errors. */
  readonly errors: readonly string[];
  readonly problem: ProblemName;
  readonly detail: string;
  /** Path of the job the problem is about, as Velocity text. Absent: none. */
  readonly job?: string;
}

/** A Velocity block that answers with a problem document; `status` differs from that of the integration response. */
function answer({ problem: name, detail, job }: Refusal): string {
  const document = { ...problem(name, detail), ...(job !== undefined && { links: { self: job } }) };
  return [`#set($context.responseOverride.status = ${document.status})`, JSON.stringify(document, undefined, 2)].join(
    '\n',
  );
}

/**
 * Response template for everything that Step Functions answers with 4xx. It is API Gateway, not the caller, that
 * talks to Step Functions: what is not in `refusals` (access denied, no such state machine) is our fault.
 */
export function refusalTemplate(refusals: readonly Refusal[], preamble = ''): string {
  const cases = refusals.map((refusal, index) => {
    const condition = refusal.errors.map((error) => `$error == '${error}'`).join(' || ');
    return `#${index === 0 ? 'if' : 'elseif'}(${condition})\n${answer(refusal)}`;
  });
  const otherwise = problem('internal-error', 'Step Functions refused the request. Report it with the instance below.');
  return [
    `${preamble}#set($error = $input.path('$.__type').replaceAll('^.*#', ''))`,
    ...cases,
    '#else',
    JSON.stringify(otherwise, undefined, 2),
    '#end',
  ].join('\n');
}
