import { type IntegrationPattern, isObject, StatesError } from '@serverless-ops/states-language';
import type { Json } from '../../endpoint/service.ts';
import type { ServiceIntegration } from './service-integration.ts';
import { withCapitalKeys, withSmallKeys } from './key-case.ts';
import { optimizedCall } from './optimized-call.ts';
import type { ErrorNaming } from './service-error.ts';

const errors: ErrorNaming = {
  prefix: 'ECS',
  unmodeled: 'AmazonECSException',
  service: 'AmazonECS',
  modeled: ['AccessDeniedException'],
  optimized: true,
};

/** `ecs:runTask`, which starts a container; what becomes of it is not watched. */
export function ecsRunTask(pattern: IntegrationPattern, resource: string): ServiceIntegration {
  return {
    resourceType: 'ecs',
    resource,
    pattern,
    async call(parameters, as) {
      const input = withSmallKeys(parameters);
      const answer = withCapitalKeys(await optimizedCall(as, { service: 'ecs', action: 'RunTask', input, errors }));
      if (pattern !== 'request') refuseFailures(answer);
      return answer;
    },
  };
}

/** A task that ECS could not place is no error of the API, but one of the state. */
function refuseFailures(answer: Json): void {
  const failures = isObject(answer) ? answer['Failures'] : undefined;
  if (!Array.isArray(failures) || failures.length === 0) return;
  throw new StatesError('AmazonECS.Unknown', JSON.stringify(failures));
}
