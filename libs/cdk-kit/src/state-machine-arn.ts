import { ArnFormat } from 'aws-cdk-lib';
import type { OpsStack } from './ops-stack.ts';

/** The ARN of a state machine of the installation, by its whole name: no stack needs the other's construct. */
export function arnOfStateMachine(stack: OpsStack, name: string): string {
  return statesArn(stack, 'stateMachine', name);
}

/** Every execution of a state machine of the installation. */
export function arnOfExecutions(stack: OpsStack, stateMachineName: string): string {
  return statesArn(stack, 'execution', `${stateMachineName}:*`);
}

function statesArn(stack: OpsStack, resource: string, resourceName: string): string {
  return stack.formatArn({ service: 'states', resource, resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
}
