import { AwsError } from '../../endpoint/aws-error.ts';
import type { CallService, Json, JsonObject, Principal } from '../../endpoint/service.ts';
import { GatewayFailure } from '../gateway-failure.ts';
import { awsAnswerJson } from '../vtl/java-json.ts';

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
export async function callBackend(callService: CallService, call: ServiceCall, body: string): Promise<BackendAnswer> {
  const { service, action, roleArn, timeoutMs } = call;
  const principal: Principal = { kind: 'role', roleArn, sessionName: 'BackplaneAssumeRoleSession' };
  try {
    const answer = await withinTime(callService(service, action, parseInput(body), principal), timeoutMs);
    return { status: 200, headers: CONTENT_TYPE, body: awsAnswerJson(answer) };
  } catch (error) {
    if (error instanceof AwsError) return refusal(error);
    if (error instanceof GatewayFailure) throw error;
    throw new GatewayFailure('INTEGRATION_FAILURE', { cause: error });
  }
}

const CONTENT_TYPE = { 'Content-Type': 'application/x-amz-json-1.0' };

function refusal({ code, message, statusCode }: AwsError): BackendAnswer {
  return { status: statusCode, headers: CONTENT_TYPE, body: JSON.stringify({ __type: code, message }) };
}

function parseInput(body: string): JsonObject {
  try {
    const input = JSON.parse(body) as Json;
    if (typeof input === 'object' && input !== null && !Array.isArray(input)) return input;
  } catch {
    // Refused below, together with what is JSON but no object.
  }
  throw new AwsError('SerializationException', 'The request template did not make a JSON object.');
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
