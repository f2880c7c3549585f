import type { JsonObject } from '@serverless-ops/states-language';
import { z } from 'zod';
import { findHeader, type ApiRequest, type ApiResponse } from './api-request.ts';
import type { RequestContext } from './context-variables.ts';
import { GATEWAY_FAILURES, type GatewayFailure } from './gateway-failure.ts';
import type { GatewayResponse } from './open-api-document.ts';
import { atDots, mapped } from './parameter-mapping.ts';
import { javaText } from './vtl/java-json.ts';

const resource = z
  .looseObject({
    ResponseType: z.string(),
    StatusCode: z.coerce.number().optional(),
    ResponseParameters: z.record(z.string(), z.string()).default({}),
    ResponseTemplates: z.record(z.string(), z.string()).default({}),
  })
  .transform(({ ResponseType, StatusCode, ResponseParameters, ResponseTemplates }): [string, GatewayResponse] => [
    ResponseType,
    { statusCode: StatusCode, responseParameters: ResponseParameters, responseTemplates: ResponseTemplates },
  ]);

/** By type of response: those of the document, and of resources beside it, which win. */
export function gatewayResponsesOf(
  inDocument: Readonly<Record<string, GatewayResponse>>,
  resources: readonly JsonObject[],
): Readonly<Record<string, GatewayResponse>> {
  return { ...inDocument, ...Object.fromEntries(resources.map((properties) => resource.parse(properties))) };
}

const DEFAULT_TEMPLATE = '{"message":$context.error.messageString}';

/** The answer to a request that ended in API Gateway itself. */
export function gatewayResponse(
  responses: Readonly<Record<string, GatewayResponse>>,
  failure: GatewayFailure,
  context: RequestContext,
  request: ApiRequest,
): ApiResponse {
  const { status: usualStatus, errorType } = GATEWAY_FAILURES[failure.type];
  const custom = responses[failure.type] ?? responses[usualStatus < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX'];
  const error = {
    message: failure.message,
    messageString: JSON.stringify(failure.message),
    responseType: failure.type,
    validationErrorString: failure.validationErrors,
  };
  const variables = { ...context, error };
  const template = custom?.responseTemplates['application/json'] ?? DEFAULT_TEMPLATE;
  const sources = {
    context: (path: string) => atDots(variables, path),
    'method.request.header': (name: string) => findHeader(request.headers, name),
    'method.request.querystring': (name: string) => request.query[name],
  };
  const headers = Object.entries(custom?.responseParameters ?? {}).map(
    ([target, expression]) =>
      [target.replace('gatewayresponse.header.', ''), mapped(expression, sources) ?? ''] as const,
  );
  return {
    status: custom?.statusCode ?? usualStatus,
    headers: { 'Content-Type': 'application/json', 'x-amzn-ErrorType': errorType, ...Object.fromEntries(headers) },
    body: fillIn(template, variables),
  };
}

/** These templates are no Velocity: variables are put in, escaped to stand inside a JSON text, and nothing else. */
function fillIn(template: string, context: RequestContext): string {
  return template.replace(/\$context((?:\.[A-Za-z]+)+)/g, (_reference, path: string) => {
    const value = javaText(atDots(context, path.slice(1)) ?? '');
    return path === '.error.messageString' ? value : JSON.stringify(value).slice(1, -1);
  });
}
