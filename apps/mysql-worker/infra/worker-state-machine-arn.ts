import type { OpsStack } from '@serverless-ops/cdk-kit';
import { ArnFormat } from 'aws-cdk-lib';

/** By its name: the workflow passes the roles on, so it can only be made after them. */
export function workerStateMachineArn(stack: OpsStack): string {
  return stack.formatArn({
    service: 'states',
    resource: 'stateMachine',
    resourceName: stack.names.workerStateMachine,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}
