import { type IntegrationPattern, isObject, StatesError } from '@serverless-ops/states-language';
import type { Json } from '../../endpoint/service.ts';
import type { ServiceIntegration } from './service-integration.ts';
import { optimizedCall } from './optimized-call.ts';
import type { ErrorNaming } from './service-error.ts';

const errors: ErrorNaming = {
  prefix: 'Lambda',
  unmodeled: 'AWSLambdaException',
  service: 'AWSLambda',
  optimized: true,
};

/** `lambda:invoke`: what the function throws becomes the error of the state, under the name the function gave it. */
export function lambdaInvoke(pattern: IntegrationPattern, resource: string): ServiceIntegration {
  return {
    resourceType: 'lambda',
    resource,
    pattern,
    async call(parameters, as) {
      const { Payload: payload = {}, ...others } = isObject(parameters) ? parameters : {};
      const input = { ...others, Payload: JSON.stringify(payload) };
      const answer = await optimizedCall(as, { service: 'lambda', action: 'Invoke', input, errors });
      const output = parsed(answer['Payload']);
      if (answer['FunctionError'] !== undefined) throw functionError(output);
      return { ...answer, Payload: output };
    },
  };
}

function parsed(payload: Json | undefined): Json {
  return typeof payload === 'string' && payload !== '' ? (JSON.parse(payload) as Json) : null;
}

function functionError(report: Json): StatesError {
  const type = isObject(report) ? report['errorType'] : undefined;
  return new StatesError(typeof type === 'string' ? type : 'Lambda.Unknown', JSON.stringify(report));
}
