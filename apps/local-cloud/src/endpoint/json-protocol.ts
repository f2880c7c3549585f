import { AwsError } from './aws-error.ts';
import type { HttpAnswer } from './http-exchange.ts';
import type { Json, JsonObject } from './service.ts';

/** How the services that speak AWS JSON name their actions: `X-Amz-Target: AmazonSSM.GetParameter`. */
export interface JsonProtocol {
  version: '1.0' | '1.1';
  targetPrefix: string;
}

/** By name in the signature's scope. */
export const JSON_PROTOCOLS: Readonly<Record<string, JsonProtocol>> = {
  dynamodb: { version: '1.0', targetPrefix: 'DynamoDB_20120810' },
  ecs: { version: '1.1', targetPrefix: 'AmazonEC2ContainerServiceV20141113' },
  events: { version: '1.1', targetPrefix: 'AWSEvents' },
  kms: { version: '1.1', targetPrefix: 'TrentService' },
  logs: { version: '1.1', targetPrefix: 'Logs_20140328' },
  ssm: { version: '1.1', targetPrefix: 'AmazonSSM' },
  states: { version: '1.0', targetPrefix: 'AWSStepFunctions' },
};

/** Name of the action that a call asks for. Throws `UnknownOperationException` as AWS does. */
export function jsonAction(protocol: JsonProtocol, target: string | undefined): string {
  const [prefix, name] = target?.split('.') ?? [];
  if (prefix !== protocol.targetPrefix || !name) {
    throw new AwsError('UnknownOperationException', `No operation named ${target ?? '(no X-Amz-Target header)'}.`);
  }
  return name;
}

/** Input of a call. Throws `SerializationException` when the body is not a JSON object. */
export function jsonInput(body: Buffer): JsonObject {
  if (body.length === 0) return {};
  try {
    const input = JSON.parse(body.toString('utf8')) as Json;
    if (input && typeof input === 'object' && !Array.isArray(input)) return input;
  } catch {
    // Refused below, together with what is JSON but no object.
  }
  throw new AwsError('SerializationException', 'The request body is not a JSON object.');
}

export function jsonAnswer(protocol: JsonProtocol, output: JsonObject): HttpAnswer {
  return { status: 200, headers: jsonHeaders(protocol), body: JSON.stringify(output) };
}

export function jsonError(protocol: JsonProtocol, error: AwsError): HttpAnswer {
  const body = JSON.stringify({ __type: error.code, message: error.message, Message: error.message });
  return { status: error.statusCode, headers: jsonHeaders(protocol), body };
}

const jsonHeaders = (protocol: JsonProtocol) => ({ 'content-type': `application/x-amz-json-${protocol.version}` });
