import { problem, PROBLEM_MEDIA_TYPE, PROBLEMS, type ProblemName } from './problems.ts';

/**
 * What API Gateway answers by itself, without asking Step Functions. These templates are not Velocity: `$context`
 * variables are put in, already escaped as JSON text, and nothing else.
 */
const GATEWAY_PROBLEMS: Readonly<Record<string, { problem: ProblemName; detail: string }>> = {
  BAD_REQUEST_BODY: { problem: 'invalid-request', detail: '$context.error.validationErrorString' },
  BAD_REQUEST_PARAMETERS: { problem: 'invalid-request', detail: '$context.error.validationErrorString' },
  INVALID_API_KEY: {
    problem: 'invalid-api-key',
    detail: 'Send a valid API key in the header x-api-key. The operations team hands keys out.',
  },
  // API Gateway calls a path or method that it does not know a missing authentication token.
  MISSING_AUTHENTICATION_TOKEN: { problem: 'route-not-found', detail: 'Check the path and the method of the request.' },
  RESOURCE_NOT_FOUND: { problem: 'route-not-found', detail: 'Check the path and the method of the request.' },
  REQUEST_TOO_LARGE: { problem: 'request-too-large', detail: 'A request may be 10 MB at most.' },
  UNSUPPORTED_MEDIA_TYPE: {
    problem: 'unsupported-media-type',
    detail: 'Send the header Content-Type: application/json.',
  },
  THROTTLED: { problem: 'too-many-requests', detail: 'Repeat the request a few seconds later.' },
  QUOTA_EXCEEDED: { problem: 'too-many-requests', detail: 'The quota of this API key is used up.' },
  INTEGRATION_FAILURE: { problem: 'unavailable', detail: 'Repeat the request a little later.' },
  INTEGRATION_TIMEOUT: { problem: 'timeout', detail: 'Repeat the request a little later.' },
  WAF_FILTERED: { problem: 'forbidden', detail: 'The firewall in front of the API refused the request.' },
  ACCESS_DENIED: { problem: 'forbidden', detail: '$context.error.message' },
  DEFAULT_4XX: { problem: 'invalid-request', detail: '$context.error.message' },
  DEFAULT_5XX: { problem: 'internal-error', detail: 'Report it with the instance below.' },
};

/** The value of `x-amazon-apigateway-gateway-responses`. */
export function gatewayResponses() {
  return Object.fromEntries(
    Object.entries(GATEWAY_PROBLEMS).map(([type, { problem: name, detail }]) => [
      type,
      {
        statusCode: String(PROBLEMS[name].status),
        responseParameters: { 'gatewayresponse.header.Content-Type': `'${PROBLEM_MEDIA_TYPE}'` },
        responseTemplates: { 'application/json': JSON.stringify(problem(name, detail), undefined, 2) },
      },
    ]),
  );
}
