import { mediaType, type ApiRequest, type ApiResponse } from '../api-request.ts';
import type { RequestContext } from '../context-variables.ts';
import { GatewayFailure } from '../gateway-failure.ts';
import { UnsupportedApiError } from '../load-document.ts';
import type { IntegrationDescription } from '../open-api-document.ts';
import { mappingProblem } from '../parameter-mapping.ts';
import type { Route } from '../routes.ts';
import { velocityTemplate, type VelocityTemplate } from '../vtl/velocity-template.ts';
import {
  HEADER_TARGET,
  integrationResponse,
  selectResponse,
  type IntegrationResponse,
} from './integration-response.ts';
import { callBackend, parseIntegrationUri, type CallAwsService } from './service-call.ts';

/** Answers a request through the AWS service behind the method; throws `GatewayFailure`. */
export type Integrate = (
  request: ApiRequest,
  pathParameters: Record<string, string>,
  context: RequestContext,
) => Promise<ApiResponse>;

/** Reads the integration of a method, its templates included; throws `UnsupportedApiError` with every problem. */
export function awsIntegration(route: Route, callService: CallAwsService): Integrate {
  const description = route.operation['x-amazon-apigateway-integration'];
  const target = parseIntegrationUri(description.uri);
  const problems = problemsOf(route, description);
  const read = (text: string, place: string): VelocityTemplate | undefined => {
    try {
      return velocityTemplate(text);
    } catch (error) {
      problems.push(`${place}: ${(error as Error).message}`);
      return undefined;
    }
  };
  const requestTemplates = new Map(
    Object.entries(description.requestTemplates).map(([type, text]) => [type, read(text, `request template ${type}`)]),
  );
  const responses = Object.entries(description.responses).map(([pattern, response]): IntegrationResponse => ({
    selection: pattern === 'default' ? undefined : new RegExp(`^(?:${pattern})$`),
    description: response,
    template: mapValue(response.responseTemplates['application/json'], (text) =>
      read(text, `response template ${pattern}`),
    ),
  }));
  if (!target) problems.push(`the URI ${description.uri} is not offered here`);
  if (!target || problems.length > 0) {
    throw new UnsupportedApiError(problems);
  }
  const call = { ...target, roleArn: description.credentials, timeoutMs: description.timeoutInMillis };

  return async (request, pathParameters, context) => {
    const params = { path: pathParameters, querystring: request.query, header: request.headers };
    const input = { body: request.body.toString(), params };
    const type = mediaType(request.headers);
    if (!requestTemplates.has(type)) assertPassedThrough(description, requestTemplates.size);
    const body = requestTemplates.get(type)?.({ input, context, stageVariables: {} }) ?? input.body;
    const answer = await callBackend(callService, call, body);
    return integrationResponse(selectResponse(responses, answer.status), answer, context, input);
  };
}

/** A body that no template is for goes through as it is, or is refused. */
function assertPassedThrough({ passthroughBehavior: behavior }: IntegrationDescription, templates: number): void {
  if (behavior === 'when_no_match' || (behavior === 'when_no_templates' && templates === 0)) return;
  throw new GatewayFailure('UNSUPPORTED_MEDIA_TYPE');
}

const SOURCES = ['context', 'integration.response.header', 'integration.response.body'];

/** What API Gateway refuses when a document is imported: answers that the method does not declare. */
function problemsOf({ operation }: Route, { responses }: IntegrationDescription): string[] {
  return Object.values(responses).flatMap(({ statusCode, responseParameters, responseTemplates }) => {
    const declared = operation.responses[statusCode];
    if (!declared) return [`the method declares no response ${statusCode}`];
    const names = Object.keys(declared.headers).map((name) => name.toLowerCase());
    const headers = Object.entries(responseParameters).flatMap(([target, expression]) => {
      const name = target.slice(HEADER_TARGET.length).toLowerCase();
      const problem = mappingProblem(expression, SOURCES);
      const isDeclared = target.startsWith(HEADER_TARGET) && names.includes(name);
      return [
        ...(isDeclared ? [] : [`response ${statusCode} does not declare ${target}`]),
        ...(problem ? [problem] : []),
      ];
    });
    const types = Object.keys(responseTemplates).filter((type) => type !== 'application/json');
    return [...headers, ...types.map((type) => `a response template for ${type} is not offered here`)];
  });
}

function mapValue<Value, Result>(value: Value | undefined, map: (value: Value) => Result): Result | undefined {
  return value === undefined ? undefined : map(value);
}
