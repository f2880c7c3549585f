import { randomUUID } from 'node:crypto';
import type { ServiceIntegration } from './service-integration.ts';
import { withCapitalKeys, withIsoTimestamps, withSmallKeys } from './key-case.ts';
import { toStatesError, type ErrorNaming } from './service-error.ts';

interface SdkService {
  /** As in IAM actions. */
  service: string;
  /** APIs whose own keys begin with a small letter. */
  smallKeys: boolean;
  errors: ErrorNaming;
}

const sdk = (service: string, name: string, smallKeys: boolean, modeled: readonly string[] = []): SdkService => ({
  service,
  smallKeys,
  errors: { prefix: name, unmodeled: `${name}Exception`, service: name, modeled, optimized: false },
});

/** Services that `arn:aws:states:::aws-sdk:<name>:<action>` reaches here; names are those of the AWS SDK. */
const SDK_SERVICES: Readonly<Record<string, SdkService>> = {
  dynamodb: sdk('dynamodb', 'DynamoDb', false),
  ecs: sdk('ecs', 'Ecs', true, ['AccessDeniedException']),
  lambda: sdk('lambda', 'Lambda', false),
  sfn: sdk('states', 'Sfn', true, ['ValidationException']),
  sns: sdk('sns', 'Sns', false),
  ssm: sdk('ssm', 'Ssm', false),
};

/** The integration for any action of an AWS API, or undefined for a service that is not offered here. */
export function sdkIntegration(name: string, action: string): ServiceIntegration | undefined {
  const target = SDK_SERVICES[name];
  if (!target) return undefined;
  return {
    resourceType: `aws-sdk:${name}`,
    resource: action,
    pattern: 'request',
    async call(parameters, as) {
      const input = target.smallKeys ? withSmallKeys(parameters) : parameters;
      const apiAction = action.charAt(0).toUpperCase() + action.slice(1);
      try {
        return withIsoTimestamps(withCapitalKeysOf(target, await as(target.service, apiAction, input)));
      } catch (error) {
        throw toStatesError(error, target.errors, randomUUID());
      }
    },
  };
}

function withCapitalKeysOf(target: SdkService, answer: Parameters<typeof withCapitalKeys>[0]) {
  return target.smallKeys ? withCapitalKeys(answer) : answer;
}
