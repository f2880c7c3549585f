import { inspect } from 'node:util';
import { API_GATEWAY_LIMITS } from '@serverless-ops/aws-limits';
import type { JsonObject } from '@serverless-ops/states-language';
import { requireApiKey, type ApiKey } from './api-keys.ts';
import type { ApiRequest, ApiResponse } from './api-request.ts';
import { createContext, putKey, type RequestContext } from './context-variables.ts';
import { GatewayFailure } from './gateway-failure.ts';
import { gatewayResponse, gatewayResponsesOf } from './gateway-responses.ts';
import { awsIntegration } from './integration/aws-integration.ts';
import type { CallAwsService } from './integration/service-call.ts';
import { loadDocument, UnsupportedApiError } from './load-document.ts';
import { createRouter, routesOf, type Route } from './routes.ts';
import { createRequestValidators } from './validation/request-validator.ts';

export interface RestApiOptions {
  id: string;
  stage: string;
  /** OpenAPI 3.0 with the extensions of API Gateway, every intrinsic function resolved. */
  openApiBody: unknown;
  /** Properties of `AWS::ApiGateway::GatewayResponse` resources beside the document. @default - none */
  gatewayResponses?: readonly JsonObject[];
  apiKeys: readonly ApiKey[];
  callService: CallAwsService;
  accountId: string;
  region: string;
  /** One entry a request: never a body, a header or a key. */
  log: (entry: JsonObject) => void;
}

export interface RestApi {
  handle(request: ApiRequest): Promise<ApiResponse>;
}

/** A deployed stage of a REST API; throws `UnsupportedApiError` for what would not run here as on AWS. */
export function createRestApi(options: RestApiOptions): RestApi {
  const { openApiBody, gatewayResponses = [], apiKeys, callService, log } = options;
  const document = loadDocument(openApiBody);
  const responses = gatewayResponsesOf(document['x-amazon-apigateway-gateway-responses'], gatewayResponses);
  const validatorOf = createRequestValidators(document);
  const routes = routesOf(document);
  const findRoute = createRouter(routes);
  const methods = allOrProblems(routes, (route) => ({
    validate: validatorOf(route),
    integrate: awsIntegration(route, callService),
  }));

  async function answer(request: ApiRequest, context: RequestContext): Promise<ApiResponse> {
    const { route, pathParameters } = findRoute(request.method, request.path) ?? {};
    const method = route && methods.get(route);
    if (!route || !method || !pathParameters) throw new GatewayFailure('MISSING_AUTHENTICATION_TOKEN');
    context.resourcePath = route.resourcePath;
    if (request.body.length > API_GATEWAY_LIMITS.payloadBytes) throw new GatewayFailure('REQUEST_TOO_LARGE');
    putKey(context, requireApiKey(apiKeys, document, route, request));
    method.validate(request, pathParameters);
    return method.integrate(request, pathParameters, context);
  }

  return {
    async handle(request) {
      const context = createContext(options, request, new Date());
      try {
        const response = await answer(request, context);
        log(entry(context, response));
        return withRequestId(response, context.requestId);
      } catch (error) {
        const failure =
          error instanceof GatewayFailure ? error : new GatewayFailure('API_CONFIGURATION_ERROR', { cause: error });
        const response = gatewayResponse(responses, failure, context, request);
        log({ ...entry(context, response), failure: failure.type, ...faultOf(failure, response.status) });
        return withRequestId(response, context.requestId);
      }
    },
  };
}

/** Reads every method before it complains, so that one run shows everything that has to be changed. */
function allOrProblems<Method>(routes: readonly Route[], read: (route: Route) => Method): Map<Route, Method> {
  const problems: string[] = [];
  const methods = new Map<Route, Method>();
  for (const route of routes) {
    try {
      methods.set(route, read(route));
    } catch (error) {
      if (!(error instanceof UnsupportedApiError)) throw error;
      const place = `${route.httpMethod} ${route.resourcePath}`;
      problems.push(...error.problems.map((problem) => `${place}: ${problem}`));
    }
  }
  if (problems.length > 0) throw new UnsupportedApiError(problems);
  return methods;
}

function withRequestId({ status, headers, body }: ApiResponse, requestId: string): ApiResponse {
  return { status, headers: { 'x-amzn-RequestId': requestId, ...headers }, body };
}

function entry({ requestId, httpMethod, path, resourcePath }: RequestContext, { status }: ApiResponse): JsonObject {
  return { requestId, httpMethod, path, resourcePath, status };
}

/** What went wrong, where that is a fault of the API or of this program: of a bad request it could quote the body. */
function faultOf({ cause }: GatewayFailure, status: number): JsonObject {
  return status >= 500 && cause !== undefined ? { cause: inspect(cause, { depth: 1 }) } : {};
}
