import { AwsError } from './aws-error.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { HttpAnswer, HttpRequest } from './http-exchange.ts';
import { JSON_PROTOCOLS, jsonAction, jsonAnswer, jsonError, jsonInput } from './json-protocol.ts';
import { QUERY_NAMESPACES, queryAnswer, queryCall, queryError } from './query-protocol.ts';
import type { CallContext } from './service.ts';
import { refuseUnknownService } from './unknown-service.ts';

/** A service with HTTP paths of its own instead of one of the two common protocols: Lambda, API Gateway. */
export type HttpService = (request: HttpRequest, context: CallContext) => Promise<HttpAnswer>;

export interface AwsCallRouterOptions {
  dispatcher: Dispatcher;
  /** By name in the signature's scope. */
  httpServices: Readonly<Record<string, HttpService>>;
  log: (line: string) => void;
}

/** Takes a signed call to its service by the protocol that the service speaks, and its errors back in that protocol. */
export function createAwsCallRouter({ dispatcher, httpServices, log }: AwsCallRouterOptions) {
  const logRefusal = (service: string, action: string, error: AwsError): void =>
    log(`${service} ${action} refused: ${error.code}: ${error.message}`);

  const callJson = async (service: string, request: HttpRequest, context: CallContext): Promise<HttpAnswer> => {
    const protocol = JSON_PROTOCOLS[service];
    if (!protocol) throw new Error(`${service} speaks no AWS JSON.`);
    const target = request.headers['x-amz-target'];
    try {
      const action = jsonAction(protocol, target);
      return jsonAnswer(protocol, await dispatcher.call(service, action, jsonInput(request.body), context));
    } catch (error) {
      const refusal = asAwsError(error, log);
      logRefusal(service, target ?? '', refusal);
      return jsonError(protocol, refusal);
    }
  };

  const callQuery = async (service: string, request: HttpRequest, context: CallContext): Promise<HttpAnswer> => {
    const namespace = QUERY_NAMESPACES[service] ?? '';
    let name = '';
    try {
      const { action, input } = queryCall(request.body);
      name = action;
      return queryAnswer(namespace, action, await dispatcher.call(service, action, input, context), context.requestId);
    } catch (error) {
      const refusal = withQueryCode(asAwsError(error, log));
      logRefusal(service, name, refusal);
      return queryError(namespace, refusal, context.requestId);
    }
  };

  return async (service: string, request: HttpRequest, context: CallContext): Promise<HttpAnswer> => {
    const httpService = httpServices[service];
    if (httpService) return httpService(request, context);
    if (Object.hasOwn(JSON_PROTOCOLS, service)) return callJson(service, request, context);
    if (Object.hasOwn(QUERY_NAMESPACES, service)) return callQuery(service, request, context);
    log(`${service} refused: the local cloud does not run this service.`);
    const error = new AwsError('NotImplemented', `The local cloud does not run the service ${service}.`, 501);
    return refuseUnknownService(service, request, { error, requestId: context.requestId });
  };
}

/** Services of the query protocol have a code of their own for an action that they do not know. */
const withQueryCode = (error: AwsError): AwsError =>
  error.code === 'UnknownOperationException' ? new AwsError('InvalidAction', error.message) : error;

/** What is no AWS error is a fault of this program: told in its log, `InternalFailure` to the caller. */
export function asAwsError(error: unknown, log: (line: string) => void): AwsError {
  if (error instanceof AwsError) return error;
  log(`Internal failure: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return new AwsError('InternalFailure', 'The local cloud failed; its log says why.', 500);
}
