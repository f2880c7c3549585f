import { DATA_LIMIT_BYTES, type Execution, type StateMachine } from '@serverless-ops/states-language';
import { randomUUID } from 'node:crypto';
import { executionNameProblem } from '@serverless-ops/aws-limits';
import { z } from 'zod';
import { action } from '../../endpoint/action.ts';
import { AwsError } from '../../endpoint/aws-error.ts';
import type { ServiceActions } from '../../endpoint/service.ts';
import type { Arns } from '../arns.ts';
import type { Registry } from '../registry.ts';

/** Starts a run of the machine under the given ARN and name; standard ones stay known. */
export type Start = (machine: StateMachine, identity: { arn: string; name: string; inputText: string }) => Execution;

const request = z.object({
  stateMachineArn: z.string(),
  name: z.string().optional(),
  input: z.string().default('{}'),
  traceHeader: z.string().optional(),
});

/** `StartExecution` and `StartSyncExecution`. */
export function startActions({
  registry,
  arns,
  start,
}: {
  registry: Registry;
  arns: Arns;
  start: Start;
}): ServiceActions {
  return {
    StartExecution: action(request, ({ stateMachineArn, name = randomUUID(), input }) => {
      const machine = registry.requireMachine(stateMachineArn);
      assertName(name);
      assertInput(input);
      const execution =
        machine.type === 'EXPRESS' ? startExpress(machine, name, input) : startStandard(machine, name, input);
      return { executionArn: execution.arn, startDate: execution.startedAtMs / 1000 };
    }),

    StartSyncExecution: action(request, async ({ stateMachineArn, name = randomUUID(), input }) => {
      const machine = registry.requireMachine(stateMachineArn);
      if (machine.type !== 'EXPRESS') {
        const message = 'This operation is not supported by this type of state machine';
        throw new AwsError('StateMachineTypeNotSupported', message);
      }
      assertName(name);
      assertInput(input);
      const execution = startExpress(machine, name, input);
      await execution.ended;
      return syncAnswer(execution);
    }),
  };

  function startExpress(machine: StateMachine, name: string, inputText: string): Execution {
    return start(machine, { arn: arns.express(machine.name, name, randomUUID()), name, inputText });
  }

  /** The name is the idempotency key: a repeated call is answered with the execution it already started. */
  function startStandard(machine: StateMachine, name: string, inputText: string): Execution {
    const arn = arns.execution(machine.name, name);
    const existing = registry.executions.get(arn);
    if (!existing) return start(machine, { arn, name, inputText });
    if (existing.status === 'RUNNING' && existing.inputText === inputText) return existing;
    throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
  }
}

function assertName(name: string): void {
  if (executionNameProblem(name) === undefined) return;
  throw new AwsError('InvalidName', `Invalid Name: '${name}'`);
}

function assertInput(input: string): void {
  if (Buffer.byteLength(input) > DATA_LIMIT_BYTES) {
    const constraint = `Member must have length less than or equal to ${DATA_LIMIT_BYTES}`;
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value at 'input' failed to satisfy constraint: ${constraint}`,
    );
  }
  try {
    JSON.parse(input);
  } catch (error) {
    throw new AwsError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${(error as Error).message}'`);
  }
}

/** AWS bills an Express execution in steps of 100 ms and 64 MB, and says so. */
function syncAnswer(execution: Execution): object {
  const {
    arn,
    name,
    machine,
    status,
    inputText,
    output,
    error,
    cause,
    startedAtMs,
    stoppedAtMs = startedAtMs,
  } = execution;
  return {
    executionArn: arn,
    stateMachineArn: machine.arn,
    name,
    startDate: startedAtMs / 1000,
    stopDate: stoppedAtMs / 1000,
    status,
    error,
    cause,
    input: inputText,
    inputDetails: { included: true },
    output: output === undefined ? undefined : JSON.stringify(output),
    outputDetails: { included: true },
    billingDetails: {
      billedMemoryUsedInMB: 64,
      billedDurationInMilliseconds: Math.max(100, Math.ceil((stoppedAtMs - startedAtMs) / 100) * 100),
    },
  };
}
