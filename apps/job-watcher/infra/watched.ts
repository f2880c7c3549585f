import { arnOfExecutions, arnOfStateMachine, type OpsStack } from '@serverless-ops/cdk-kit';

/** Task definition families that jobs run in. */
export function taskFamilies(stack: OpsStack): string[] {
  return Object.values(stack.names.workerFamilies);
}

/**
 * State machines whose executions are jobs, each by its whole name: a prefix would also match the state machines of an
 * installation whose name prefix begins with this one's.
 */
export function jobStateMachineArns(stack: OpsStack): string[] {
  return stack.names.jobStateMachines.map((name) => arnOfStateMachine(stack, name));
}

/** Every execution of these state machines. */
export function jobExecutionArns(stack: OpsStack): string[] {
  return stack.names.jobStateMachines.map((name) => arnOfExecutions(stack, name));
}
