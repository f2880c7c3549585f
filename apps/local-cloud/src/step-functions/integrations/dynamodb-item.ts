import type { ServiceIntegration } from './service-integration.ts';
import { optimizedCall } from './optimized-call.ts';
import type { ErrorNaming } from './service-error.ts';

const errors: ErrorNaming = {
  prefix: 'DynamoDB',
  unmodeled: 'AmazonDynamoDBException',
  service: 'AmazonDynamoDBv2',
  optimized: true,
};

/** `dynamodb:getItem`, `putItem` and `updateItem`. */
export function dynamodbItem(resource: 'getItem' | 'putItem' | 'updateItem'): ServiceIntegration {
  const action = resource.charAt(0).toUpperCase() + resource.slice(1);
  return {
    resourceType: 'dynamodb',
    resource,
    pattern: 'request',
    call: (input, as) => optimizedCall(as, { service: 'dynamodb', action, input, errors }),
  };
}
