import type { Execution, StateMachine } from '@serverless-ops/states-language';
import { AwsError } from '../endpoint/aws-error.ts';
import { assertArn } from './arns.ts';

/** The machines and executions there are. Executions of EXPRESS machines cannot be looked up, as on AWS. */
export interface Registry {
  readonly machines: Map<string, StateMachine>;
  readonly executions: Map<string, Execution>;
  /** Throws `InvalidArn` or `StateMachineDoesNotExist`. */
  requireMachine(arn: string): StateMachine;
  /** Throws `InvalidArn` or `ExecutionDoesNotExist`. */
  requireExecution(arn: string): Execution;
}

export function createRegistry(): Registry {
  const machines = new Map<string, StateMachine>();
  const executions = new Map<string, Execution>();
  return {
    machines,
    executions,
    requireMachine(arn) {
      assertArn(arn, 'stateMachine');
      const machine = machines.get(arn);
      if (machine) return machine;
      throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
    },
    requireExecution(arn) {
      assertArn(arn, 'execution');
      const execution = executions.get(arn);
      if (execution) return execution;
      throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    },
  };
}
