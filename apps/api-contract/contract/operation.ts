import { PROBLEM_MEDIA_TYPE, PROBLEMS, type ProblemName } from './problems.ts';
import type { stepFunctionsIntegration } from './step-functions-integration.ts';

/** Name of the one request validator: body and parameters. */
export const REQUEST_VALIDATOR = 'body-and-parameters';

/** Name of the one security scheme: the API key. */
export const API_KEY_SCHEME = 'api_key';

/** Problems that any method can answer with. */
const COMMON_PROBLEMS: readonly ProblemName[] = [
  'invalid-request',
  'invalid-api-key',
  'unsupported-media-type',
  'too-many-requests',
  'internal-error',
  'unavailable',
  'timeout',
];

interface OperationDescription {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters?: readonly object[];
  /** Names of models. Absent: no body. */
  readonly requestModel?: string;
  readonly responseModel: string;
  readonly status: number;
  /** Headers of the answer that went well. Absent: none worth naming. */
  readonly headers?: Readonly<Record<string, object>>;
  readonly problems: readonly ProblemName[];
  readonly integration: ReturnType<typeof stepFunctionsIntegration>;
}

const schema = (model: string) => ({ $ref: `#/components/schemas/${model}` });

/** One response per status: several problems can share one. */
function problemResponses(names: readonly ProblemName[]) {
  const byStatus = Map.groupBy(names, (name) => PROBLEMS[name].status);
  return Object.fromEntries(
    [...byStatus].map(([status, sharing]) => [
      String(status),
      {
        description: sharing.map((name) => `${PROBLEMS[name].title} (${name})`).join('; '),
        // API Gateway lets a template set only those headers that a method declares.
        headers: { 'Content-Type': { schema: { type: 'string' } } },
        content: { [PROBLEM_MEDIA_TYPE]: { schema: schema('Problem') } },
      },
    ]),
  );
}

/** An operation object: what every method of the API has in common is said here, once. */
export function operation(description: OperationDescription) {
  const { operationId, summary, parameters, requestModel, responseModel, status, headers, integration } = description;
  return {
    operationId,
    summary,
    security: [{ [API_KEY_SCHEME]: [] }],
    'x-amazon-apigateway-request-validator': REQUEST_VALIDATOR,
    ...(parameters !== undefined && { parameters }),
    ...(requestModel !== undefined && {
      requestBody: { required: true, content: { 'application/json': { schema: schema(requestModel) } } },
    }),
    responses: {
      [String(status)]: {
        description: 'Done',
        ...(headers !== undefined && { headers }),
        content: { 'application/json': { schema: schema(responseModel) } },
      },
      ...problemResponses([...COMMON_PROBLEMS, ...description.problems]),
    },
    'x-amazon-apigateway-integration': integration,
  };
}
