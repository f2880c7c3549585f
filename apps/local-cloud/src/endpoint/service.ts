import type { Json, JsonObject } from '@serverless-ops/states-language';

export type { Json, JsonObject };

/** Who is calling: the account's own user may do everything, a role only what its policies in the templates allow. */
export type Principal = { kind: 'account' } | { kind: 'role'; roleArn: string; sessionName?: string };

export interface CallContext {
  principal: Principal;
  requestId: string;
}

/** One API action: AWS's own request shape in, AWS's own response shape out; throws `AwsError`. */
export type ServiceAction = (input: JsonObject, context: CallContext) => Promise<JsonObject>;

/** The actions of one AWS service under their API names (`StartExecution`). What is not here is refused. */
export type ServiceActions = Readonly<Record<string, ServiceAction>>;

/**
 * Calls an action of a service of this cloud as the given principal, its policies checked first, with the AWS error
 * a client would get. `service` is the name in IAM actions: `ecs`, `states`, `sns`, `dynamodb`.
 */
export type CallService = (
  service: string,
  action: string,
  input: JsonObject,
  principal: Principal,
) => Promise<JsonObject>;

/** An event on the account's default event bus, in EventBridge's own shape. */
export interface BusEvent {
  source: string;
  'detail-type': string;
  resources: string[];
  detail: JsonObject;
}

export type EmitEvent = (event: BusEvent) => void;
