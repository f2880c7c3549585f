import type { CallService } from '../endpoint/service.ts';
import type { Lambda } from '../lambda/lambda.ts';
import type { Sns } from '../sns/sns.ts';
import type { EventBusOptions } from './event-bus.ts';

const EVENTS = 'events.amazonaws.com';

export interface DeliveryOptions {
  lambda: Lambda;
  sns: Sns;
  callService: CallService;
}

/** Hands an event to what a rule's target names: a function, a topic or a state machine. */
export function createDelivery({ lambda, sns, callService }: DeliveryOptions): EventBusOptions['deliver'] {
  return async (target, input, rule) => {
    const [, , service] = target.arn.split(':');
    switch (service) {
      case 'lambda':
        return lambda.invokeForService(target.arn, input, EVENTS, rule.arn);
      case 'sns':
        return sns.publishForService(target.arn, JSON.stringify(input), EVENTS, rule.arn);
      case 'states': {
        if (target.roleArn === undefined) throw new Error('the target has no role to start a state machine with');
        const call = { stateMachineArn: target.arn, input: JSON.stringify(input) };
        await callService('states', 'StartExecution', call, { kind: 'role', roleArn: target.roleArn });
        return;
      }
      default:
        throw new Error(`the local cloud delivers no events to ${service ?? target.arn}`);
    }
  };
}
