import { randomUUID } from 'node:crypto';
import type { Authorize } from '../iam/authorizer.ts';
import { AwsError } from './aws-error.ts';
import type { AwsService } from './aws-service.ts';
import type { CallContext, CallService, JsonObject } from './service.ts';

/** Calls of services, whether they came over HTTP or from another service: known, then allowed, then run. */
export interface Dispatcher {
  register(service: AwsService): void;
  call(service: string, action: string, input: JsonObject, context: CallContext): Promise<JsonObject>;
  callService: CallService;
}

export function createDispatcher(authorize: Authorize): Dispatcher {
  const services = new Map<string, AwsService>();

  const call: Dispatcher['call'] = async (serviceName, action, input, context) => {
    const service = services.get(serviceName);
    if (!service) {
      throw new AwsError('NotImplemented', `The local cloud does not run the service ${serviceName}.`, 501);
    }
    const run = Object.hasOwn(service.actions, action) ? service.actions[action] : undefined;
    if (!run) {
      throw new AwsError('UnknownOperationException', `The local cloud does not know ${serviceName}:${action}.`);
    }
    const permissions = service.permissions?.(action, input) ?? [{ action: `${serviceName}:${action}`, resource: '*' }];
    for (const permission of permissions) authorize(context.principal, permission);
    return run(input, context);
  };

  return {
    register: (service) => void services.set(service.name, service),
    call,
    callService: (service, action, input, principal) =>
      call(service, action, input, { principal, requestId: randomUUID() }),
  };
}
