import { isObject, type Json, type JsonObject } from '@serverless-ops/states-language';
import { GatewayFailure } from '../gateway-failure.ts';
import { awsAnswerJson } from '../vtl/java-json.ts';

/** Calls an action of an AWS service as a role; throws `ServiceRefusal`, or an error of that shape. */
export type CallAwsService = (
  service: string,
  action: string,
  input: JsonObject,
  principal: { kind: 'role'; roleArn: string; sessionName: string },
) => Promise<JsonObject>;

/** Thrown when an AWS service refuses a call, with its code and HTTP status. */
export class ServiceRefusal extends Error {
  readonly code: string;
  readonly statusCode: number;

  constructor(code: string, message: string, statusCode = 400) {
    super(message);
    this.code = code;
    this.statusCode = statusCode;
  }
}

/** What an AWS service answered, as API Gateway sees it over HTTP. */
export interface BackendAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** The service and action of an integration's URI, or undefined for a form that is not offered here. */
export function parseIntegrationUri(uri: string): { service: string; action: string } | undefined {
  const [, service, action] = /^arn:aws[a-z-]*:apigateway:[a-z0-9-]+:([a-z0-9-]+):action\/([A-Za-z]+)$/.exec(uri) ?? [];
  return service !== undefined && action !== undefined ? { service, action } : undefined;
}

export interface ServiceCall {
  service: string;
  action: string;
  roleArn: string;
  timeoutMs: number;
}

/** Calls the service as the role of the integration. What the service refuses is an answer too, with its status. */
export async function callBackend(
  callService: CallAwsService,
  call: ServiceCall,
  body: string,
): Promise<BackendAnswer> {
  const { service, action, roleArn, timeoutMs } = call;
  const principal = { kind: 'role', roleArn, sessionName: 'BackplaneAssumeRoleSession' } as const;
  try {
    const answer = await withinTime(callService(service, action, parseInput(body), principal), timeoutMs);
    return { status: 200, headers: CONTENT_TYPE, body: awsAnswerJson(answer) };
  } catch (error) {
    if (error instanceof GatewayFailure) throw error;
    if (isRefusal(error)) return refusal(error);
    throw new GatewayFailure('INTEGRATION_FAILURE', { cause: error });
  }
}

const CONTENT_TYPE = { 'Content-Type': 'application/x-amz-json-1.0' };

function isRefusal(error: unknown): error is ServiceRefusal {
  return error instanceof Error && 'code' in error && 'statusCode' in error && typeof error.statusCode === 'number';
}

function refusal({ code, message, statusCode }: ServiceRefusal): BackendAnswer {
  return { status: statusCode, headers: CONTENT_TYPE, body: JSON.stringify({ __type: code, message }) };
}

function parseInput(body: string): JsonObject {
  try {
    const input = JSON.parse(body) as Json;
    if (isObject(input)) return input;
  } catch {
    // Refused below, together with what is JSON but no object.
  }
  throw new ServiceRefusal('SerializationException', 'The request template did not make a JSON object.');
}

/** An answer that comes too late is thrown away; what was asked for may still happen, as on AWS. */
async function withinTime<Answer>(work: Promise<Answer>, timeoutMs: number): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new GatewayFailure('INTEGRATION_TIMEOUT')), timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
