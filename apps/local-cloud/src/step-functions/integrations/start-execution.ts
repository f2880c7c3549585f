import { type IntegrationPattern, isObject } from '@serverless-ops/states-language';
import type { Json, JsonObject } from '../../endpoint/service.ts';
import type { ServiceIntegration } from './service-integration.ts';
import { withCapitalKeys, withSmallKeys } from './key-case.ts';
import { optimizedCall } from './optimized-call.ts';
import type { ErrorNaming } from './service-error.ts';

const errors: ErrorNaming = {
  prefix: 'StepFunctions',
  unmodeled: 'AWSStepFunctionsException',
  service: 'AWSStepFunctions',
  optimized: true,
};

/** `states:startExecution`; with `.sync:2` the state waits until the execution that it started has ended. */
export function startExecution(pattern: IntegrationPattern, resource: string): ServiceIntegration {
  return {
    resourceType: 'states',
    resource,
    pattern,
    async call(parameters, as) {
      const { Input: data = {}, ...others } = isObject(parameters) ? parameters : {};
      const input: JsonObject = { ...(withSmallKeys(others) as JsonObject), input: asText(data) };
      return withCapitalKeys(await optimizedCall(as, { service: 'states', action: 'StartExecution', input, errors }));
    },
  };
}

function asText(data: Json): string {
  return typeof data === 'string' ? data : JSON.stringify(data);
}
