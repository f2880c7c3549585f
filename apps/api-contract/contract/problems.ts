/** Every kind of problem that the API answers with, by the last part of its `type`. */
export const PROBLEMS = {
  'invalid-request': { status: 400, title: 'The request is not valid' },
  'invalid-idempotency-key': { status: 400, title: 'The Idempotency-Key is not valid' },
  'invalid-job-id': { status: 400, title: 'This is not the id of a job' },
  'invalid-api-key': { status: 403, title: 'The API key is missing or not valid' },
  forbidden: { status: 403, title: 'The request is not allowed' },
  'job-not-found': { status: 404, title: 'There is no such job' },
  'route-not-found': { status: 404, title: 'There is nothing at this path for this method' },
  'job-exists': { status: 409, title: 'A job with this Idempotency-Key exists already' },
  'request-too-large': { status: 413, title: 'The request is too large' },
  'unsupported-media-type': { status: 415, title: 'The body is not declared as JSON' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'job-too-large': { status: 500, title: 'The job is too large to be shown' },
  'internal-error': { status: 500, title: 'An error inside Serverless Ops' },
  unavailable: { status: 503, title: 'The service behind the API did not answer' },
  timeout: { status: 504, title: 'The service behind the API took too long' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemName = keyof typeof PROBLEMS;

/** Media type of a problem document: RFC 9457. */
export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** What API Gateway's templates put in the place of the request's id. */
const REQUEST_ID = '$context.requestId';

/** A problem document (RFC 9457): `detail` says what happened this time and what to do, `instance` is the request. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
}

function problemType(name: ProblemName): string {
  return `urn:problem-type:serverless-ops:${name}`;
}

/** A problem as text for a template; what starts with `$` in it is filled in by API Gateway. */
export function problem(name: ProblemName, detail: string): Problem {
  const { status, title } = PROBLEMS[name];
  return { type: problemType(name), title, status, detail, instance: `urn:uuid:${REQUEST_ID}` };
}
