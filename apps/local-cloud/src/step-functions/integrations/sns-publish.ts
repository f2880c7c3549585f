import { isObject } from '@serverless-ops/states-language';
import type { ServiceIntegration } from './service-integration.ts';
import { optimizedCall } from './optimized-call.ts';
import type { ErrorNaming } from './service-error.ts';

const errors: ErrorNaming = {
  prefix: 'SNS',
  unmodeled: 'AmazonSNSException',
  service: 'AmazonSNS',
  optimized: true,
};

/** `sns:publish`; a message that is no text is sent as JSON. */
export const snsPublish: ServiceIntegration = {
  resourceType: 'sns',
  resource: 'publish',
  pattern: 'request',
  async call(parameters, as) {
    const { Message: message = '', ...others } = isObject(parameters) ? parameters : {};
    const input = { ...others, Message: typeof message === 'string' ? message : JSON.stringify(message) };
    return optimizedCall(as, { service: 'sns', action: 'Publish', input, errors });
  },
};
