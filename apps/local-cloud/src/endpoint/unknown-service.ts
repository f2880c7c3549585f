import type { AwsError } from './aws-error.ts';
import { cborError } from './cbor-error.ts';
import type { HttpAnswer, HttpRequest } from './http-exchange.ts';
import { jsonError } from './json-protocol.ts';
import { queryError } from './query-protocol.ts';
import { xmlElement } from './xml.ts';

/** Services whose HTTP paths carry XML; every other service without an action in its request carries JSON. */
const REST_XML_SERVICES = new Set(['cloudfront', 's3control', 'route53']);

/**
 * Refuses a call of a service that is not run here, in the protocol that the request speaks: a client that cannot
 * read the answer prints nonsense instead of the reason.
 */
export function refuseUnknownService(
  service: string,
  request: HttpRequest,
  { error, requestId }: { error: AwsError; requestId: string },
): HttpAnswer {
  const contentType = request.headers['content-type'] ?? '';
  if (request.headers['smithy-protocol'] === 'rpc-v2-cbor') return cborError(error);
  if (contentType.startsWith('application/x-www-form-urlencoded')) {
    return service === 'ec2' ? ec2Error(error, requestId) : queryError('', error, requestId);
  }
  if (REST_XML_SERVICES.has(service)) return queryError('', error, requestId);
  const answer = jsonError({ version: contentType.includes('json-1.1') ? '1.1' : '1.0', targetPrefix: '' }, error);
  // Services with JSON behind HTTP paths name their errors in this header.
  return { ...answer, headers: { ...answer.headers, 'x-amzn-errortype': error.code } };
}

/** EC2 has a form of its own for errors. */
function ec2Error({ code, message, statusCode }: AwsError, requestId: string): HttpAnswer {
  const content = { Errors: { Error: { Code: code, Message: message } }, RequestID: requestId };
  return { status: statusCode, headers: { 'content-type': 'text/xml' }, body: xmlElement('Response', content) };
}
