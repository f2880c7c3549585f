import { findHeader, mediaType, type ApiRequest } from '../api-request.ts';
import { GatewayFailure } from '../gateway-failure.ts';
import { UnsupportedApiError } from '../load-document.ts';
import type { OpenApiDocument } from '../open-api-document.ts';
import type { Route } from '../routes.ts';
import { createModels, type CheckBody } from './request-model.ts';

/** Checks a request before it reaches its integration; throws `GatewayFailure`. */
export type ValidateRequest = (request: ApiRequest, pathParameters: Record<string, string>) => void;

/** For each method what its request validator asks for: that parameters are there, and that the body fits its model. */
export function createRequestValidators(document: OpenApiDocument): (route: Route) => ValidateRequest {
  const compile = createModels(document);
  return (route) => {
    const { validateRequestBody, validateRequestParameters } = validatorOf(document, route);
    const models = Object.entries(route.operation.requestBody?.content ?? {});
    const checks = new Map<string, CheckBody>(models.map(([type, { schema }]) => [type, compile(schema)]));
    return (request, pathParameters) => {
      if (validateRequestParameters) checkParameters(route, request, pathParameters);
      // A body of a type that has no model is not looked at: passthroughBehavior decides what becomes of it.
      if (validateRequestBody) checks.get(mediaType(request.headers))?.(request.body.toString());
    };
  };
}

function validatorOf(document: OpenApiDocument, { operation }: Route) {
  const name = operation['x-amazon-apigateway-request-validator'] ?? document['x-amazon-apigateway-request-validator'];
  if (name === undefined) return { validateRequestBody: false, validateRequestParameters: false };
  const validator = document['x-amazon-apigateway-request-validators'][name];
  if (validator) return validator;
  throw new UnsupportedApiError([`there is no request validator ${name}`]);
}

/** Only whether required parameters are there: patterns of parameters are not checked by API Gateway. */
function checkParameters({ operation }: Route, { headers, query }: ApiRequest, path: Record<string, string>): void {
  const value = (place: string, name: string): string | undefined =>
    place === 'header' ? findHeader(headers, name) : (place === 'path' ? path : query)[name];
  const missing = operation.parameters.filter((each) => each.required && !value(each.in, each.name)?.trim());
  if (missing.length === 0) return;
  const message = `Missing required request parameters: [${missing.map(({ name }) => name).join(', ')}]`;
  throw new GatewayFailure('BAD_REQUEST_PARAMETERS', { message, validationErrors: message });
}
