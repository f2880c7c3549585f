import type { ApiResponse } from '../api-request.ts';
import { findHeader } from '../api-request.ts';
import type { RequestContext } from '../context-variables.ts';
import { GatewayFailure } from '../gateway-failure.ts';
import type { IntegrationResponseDescription } from '../open-api-document.ts';
import { atDots, mapped } from '../parameter-mapping.ts';
import { javaText, parseJavaJson } from '../vtl/java-json.ts';
import type { TemplateInput } from '../vtl/input-variable.ts';
import type { VelocityTemplate } from '../vtl/velocity-template.ts';
import type { BackendAnswer } from './service-call.ts';

/** One of an integration's responses, its templates read. */
export interface IntegrationResponse {
  /** For the status of the backend; undefined for the default. */
  selection: RegExp | undefined;
  description: IntegrationResponseDescription;
  template: VelocityTemplate | undefined;
}

export const HEADER_TARGET = 'method.response.header.';

/** The first response whose pattern is the whole status, else the default. */
export function selectResponse(responses: readonly IntegrationResponse[], status: number): IntegrationResponse {
  const byPattern = responses.find(({ selection }) => selection?.test(String(status)));
  const selected = byPattern ?? responses.find(({ selection }) => selection === undefined);
  if (!selected) throw new GatewayFailure('API_CONFIGURATION_ERROR', { cause: `no response for status ${status}` });
  return selected;
}

/** Makes the answer for the caller. A template may override status and headers through `$context.responseOverride`. */
export function integrationResponse(
  { description, template }: IntegrationResponse,
  answer: BackendAnswer,
  context: RequestContext,
  { params }: TemplateInput,
): ApiResponse {
  const input = { body: answer.body, params };
  const body = template ? template({ input, context, stageVariables: {} }) : answer.body;
  const { header, status } = context.responseOverride;
  const headers = {
    'Content-Type': 'application/json',
    ...mappedHeaders(description.responseParameters, answer, context),
    ...Object.fromEntries(Object.entries(header).map(([name, value]) => [name, javaText(value)])),
  };
  return { status: status === undefined ? Number(description.statusCode) : Number(status), headers, body };
}

function mappedHeaders(parameters: Record<string, string>, answer: BackendAnswer, context: RequestContext) {
  const sources = {
    context: (path: string) => atDots(context, path),
    'integration.response.header': (name: string) => findHeader(answer.headers, name),
    'integration.response.body': (path: string) => atDots(parseJavaJson(answer.body), path),
  };
  const headers = Object.entries(parameters).map(
    ([target, expression]) => [target.slice(HEADER_TARGET.length), mapped(expression, sources)] as const,
  );
  return Object.fromEntries(headers.filter((entry): entry is [string, string] => entry[1] !== undefined));
}
