import { dynamodbItem } from './dynamodb-item.ts';
import { ecsRunTask } from './ecs-run-task.ts';
import type { ServiceIntegration } from './service-integration.ts';
import { lambdaInvoke } from './lambda-invoke.ts';
import { sdkIntegration } from './sdk-integrations.ts';
import { snsPublish } from './sns-publish.ts';
import { startExecution } from './start-execution.ts';

const OPTIMIZED: Readonly<Record<string, ServiceIntegration>> = {
  'dynamodb:getItem': dynamodbItem('getItem'),
  'dynamodb:putItem': dynamodbItem('putItem'),
  'dynamodb:updateItem': dynamodbItem('updateItem'),
  'ecs:runTask': ecsRunTask('request', 'runTask'),
  'ecs:runTask.waitForTaskToken': ecsRunTask('token', 'runTask.waitForTaskToken'),
  'lambda:invoke': lambdaInvoke('request', 'invoke'),
  'lambda:invoke.waitForTaskToken': lambdaInvoke('token', 'invoke.waitForTaskToken'),
  'sns:publish': snsPublish,
  'states:startExecution': startExecution('request', 'startExecution'),
  'states:startExecution.sync:2': startExecution('sync', 'startExecution.sync:2'),
};

const RESOURCE = /^arn:aws(?:-[a-z-]+)?:states:::(.+)$/;

/** The integration a Task state's Resource names, or undefined when it is not offered here. */
export function findIntegration(resource: string): ServiceIntegration | undefined {
  const name = RESOURCE.exec(resource)?.[1] ?? '';
  const [, service, action] = /^aws-sdk:([a-z0-9]+):([A-Za-z0-9]+)$/.exec(name) ?? [];
  if (service !== undefined && action !== undefined) return sdkIntegration(service, action);
  return Object.hasOwn(OPTIMIZED, name) ? OPTIMIZED[name] : undefined;
}
