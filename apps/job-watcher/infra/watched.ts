import type { OpsStack } from '@serverless-ops/cdk-kit';
import { ArnFormat } from 'aws-cdk-lib';

/** Task definition families that jobs run in. */
export function taskFamilies(stack: OpsStack): string[] {
  return Object.values(stack.names.workerFamilies);
}

/**
 * State machines whose executions are jobs, each by its whole name: a prefix would also match the state machines of an
 * installation whose name prefix begins with ours.
 */
export function jobStateMachineArns(stack: OpsStack): string[] {
  return stack.names.jobStateMachines.map((name) => statesArn(stack, 'stateMachine', name));
}

/** Every execution of these state machines. */
export function jobExecutionArns(stack: OpsStack): string[] {
  return stack.names.jobStateMachines.map((name) => statesArn(stack, 'execution', `${name}:*`));
}

/** The state machine whose tasks the function fails. */
export function workerStateMachineArn(stack: OpsStack): string {
  return statesArn(stack, 'stateMachine', stack.names.workerStateMachine);
}

function statesArn(stack: OpsStack, resource: string, resourceName: string): string {
  return stack.formatArn({
    service: 'states',
    resource,
    resourceName,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}
