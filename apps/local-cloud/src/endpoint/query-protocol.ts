import { AwsError } from './aws-error.ts';
import type { HttpAnswer } from './http-exchange.ts';
import type { Json, JsonObject } from './service.ts';
import { escapeXml, xmlElement } from './xml.ts';

/** By name in the signature's scope: XML namespaces of the services that speak AWS's older query protocol. */
export const QUERY_NAMESPACES: Readonly<Record<string, string>> = {
  cloudformation: 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
  sns: 'http://sns.amazonaws.com/doc/2010-03-31/',
  sts: 'https://sts.amazonaws.com/doc/2011-06-15/',
};

/** Action and input of a form-encoded call. Throws `MissingAction` as AWS does. */
export function queryCall(body: Buffer): { action: string; input: JsonObject } {
  const form = new URLSearchParams(body.toString('utf8'));
  const action = form.get('Action');
  if (!action) throw new AwsError('MissingAction', 'The request must contain the parameter Action.');
  const input: JsonObject = {};
  for (const [name, value] of form)
    if (name !== 'Action' && name !== 'Version') setNested(input, name.split('.'), value);
  return { action, input: collapse(input) as JsonObject };
}

/** `A.member.1.B=x` stands for `{ A: [{ B: 'x' }] }`, `A.entry.1.key=k` with `.value=v` for `{ A: { k: v } }`. */
function setNested(target: JsonObject, [name = '', ...rest]: string[], value: string): void {
  if (rest.length === 0) {
    Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
    return;
  }
  const existing = Object.hasOwn(target, name) ? target[name] : undefined;
  const nested: JsonObject = existing && typeof existing === 'object' && !Array.isArray(existing) ? existing : {};
  Object.defineProperty(target, name, { value: nested, enumerable: true, configurable: true, writable: true });
  setNested(nested, rest, value);
}

function collapse(value: Json): Json {
  if (!value || typeof value !== 'object' || Array.isArray(value)) return value;
  if (isObject(value['member'])) return Object.values(value['member']).map(collapse);
  if (isObject(value['entry'])) return Object.fromEntries(Object.values(value['entry']).map(entryOf));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, collapse(item)]));
}

function entryOf(entry: Json): [string, Json] {
  if (!isObject(entry)) throw new AwsError('MalformedQueryString', 'An entry needs a key and a value.');
  const key = entry['key'] ?? entry['Name'] ?? '';
  return [typeof key === 'string' ? key : '', collapse(entry['value'] ?? entry['Value'] ?? '')];
}

const isObject = (value: Json | undefined): value is JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

export function queryAnswer(namespace: string, action: string, output: JsonObject, requestId: string): HttpAnswer {
  const body =
    `<${action}Response xmlns="${namespace}">${xmlElement(`${action}Result`, output)}` +
    `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${action}Response>`;
  return { status: 200, headers: { 'content-type': 'text/xml' }, body };
}

export function queryError(namespace: string, error: AwsError, requestId: string): HttpAnswer {
  const body =
    `<ErrorResponse xmlns="${namespace}"><Error><Type>${error.statusCode < 500 ? 'Sender' : 'Receiver'}</Type>` +
    `<Code>${escapeXml(error.code)}</Code><Message>${escapeXml(error.message)}</Message></Error>` +
    `<RequestId>${requestId}</RequestId></ErrorResponse>`;
  return { status: error.statusCode, headers: { 'content-type': 'text/xml' }, body };
}
