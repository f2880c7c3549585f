import type { HttpService } from '../endpoint/aws-call-router.ts';
import { asAwsError } from '../endpoint/aws-call-router.ts';
import { AwsError } from '../endpoint/aws-error.ts';
import type { Dispatcher } from '../endpoint/dispatcher.ts';
import type { HttpAnswer, HttpRequest } from '../endpoint/http-exchange.ts';
import type { CallContext, JsonObject } from '../endpoint/service.ts';

const json = { 'content-type': 'application/json' };

/** Lambda's own HTTP paths: `POST /2015-03-31/functions/<name>/invocations` and the list of functions. */
export function createLambdaHttp(dispatcher: Dispatcher, log: (line: string) => void): HttpService {
  return async (request, context) => {
    try {
      return await route(dispatcher, request, context);
    } catch (error) {
      const { code, message, statusCode } = asAwsError(error, log);
      log(`lambda ${request.method} ${request.path} refused: ${code}: ${message}`);
      const body = JSON.stringify({ Type: statusCode < 500 ? 'User' : 'Service', Message: message, message });
      const status = code === 'AccessDeniedException' ? 403 : statusCode;
      return { status, headers: { ...json, 'x-amzn-errortype': code }, body };
    }
  };
}

async function route(dispatcher: Dispatcher, request: HttpRequest, context: CallContext): Promise<HttpAnswer> {
  const invoked = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(request.path)?.[1];
  if (request.method === 'POST' && invoked !== undefined) {
    const input: JsonObject = {
      FunctionName: decodeURIComponent(invoked),
      Payload: request.body.toString('utf8'),
      InvocationType: request.headers['x-amz-invocation-type'] ?? 'RequestResponse',
    };
    return invokeAnswer(await dispatcher.call('lambda', 'Invoke', input, context));
  }
  if (request.method === 'GET' && /^\/2015-03-31\/functions\/?$/.test(request.path)) {
    const output = await dispatcher.call('lambda', 'ListFunctions', {}, context);
    return { status: 200, headers: json, body: JSON.stringify(output) };
  }
  throw new AwsError(
    'UnknownOperationException',
    `The local cloud does not know ${request.method} ${request.path}.`,
    404,
  );
}

function invokeAnswer({ StatusCode, FunctionError, Payload, ExecutedVersion }: JsonObject): HttpAnswer {
  return {
    status: Number(StatusCode),
    headers: {
      ...json,
      ...(typeof ExecutedVersion === 'string' && { 'x-amz-executed-version': ExecutedVersion }),
      ...(typeof FunctionError === 'string' && { 'x-amz-function-error': FunctionError }),
    },
    body: typeof Payload === 'string' ? Payload : '',
  };
}
