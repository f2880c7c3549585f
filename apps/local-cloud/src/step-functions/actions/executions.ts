import { STEP_FUNCTIONS_LIMITS } from '@serverless-ops/aws-limits';
import type { Clock, Execution } from '@serverless-ops/states-language';
import { z } from 'zod';
import { action } from '../../endpoint/action.ts';
import { AwsError } from '../../endpoint/aws-error.ts';
import type { ServiceActions } from '../../endpoint/service.ts';
import { pageOf, pagingFields } from './paging.ts';
import type { Registry } from '../registry.ts';

const byArn = z.object({ executionArn: z.string() });

const stopRequest = byArn.extend({
  error: z.string().max(STEP_FUNCTIONS_LIMITS.errorCharacters).optional(),
  cause: z.string().max(STEP_FUNCTIONS_LIMITS.causeCharacters).optional(),
});

const listRequest = z.object({
  stateMachineArn: z.string().optional(),
  statusFilter: z.enum(['ABORTED', 'FAILED', 'RUNNING', 'SUCCEEDED', 'TIMED_OUT']).optional(),
  ...pagingFields,
});

/** `DescribeExecution`, `ListExecutions`, `StopExecution`. */
export function executionActions(registry: Registry, clock: Clock): ServiceActions {
  return {
    DescribeExecution: action(byArn, ({ executionArn }) => describeExecution(registry.requireExecution(executionArn))),

    ListExecutions: action(listRequest, ({ stateMachineArn, statusFilter, ...paging }) => {
      if (stateMachineArn === undefined) {
        throw new AwsError('ValidationException', 'Must specify exactly one of stateMachineArn or mapRunArn.');
      }
      const machine = registry.requireMachine(stateMachineArn);
      if (machine.type === 'EXPRESS') {
        const message = 'This operation is not supported by this type of state machine';
        throw new AwsError('StateMachineTypeNotSupported', message);
      }
      const newestFirst = [...registry.executions.values()]
        .reverse()
        .filter((execution) => execution.machine.arn === machine.arn);
      const wanted = newestFirst.filter(({ status }) => statusFilter === undefined || status === statusFilter);
      const { items, nextToken } = pageOf(wanted, paging);
      return { executions: items.map(listItem), nextToken };
    }),

    StopExecution: action(stopRequest, ({ executionArn, error, cause }) => {
      const execution = registry.requireExecution(executionArn);
      execution.stop(error, cause);
      return { stopDate: (execution.stoppedAtMs ?? clock.now()) / 1000 };
    }),
  };
}

function listItem({ arn, machine, name, status, startedAtMs, stoppedAtMs }: Execution): object {
  return {
    executionArn: arn,
    stateMachineArn: machine.arn,
    name,
    status,
    startDate: startedAtMs / 1000,
    stopDate: stoppedAtMs === undefined ? undefined : stoppedAtMs / 1000,
    redriveCount: 0,
  };
}

/** The answer of `DescribeExecution`, which a parent that waits for a nested execution gets too. */
export function describeExecution(execution: Execution): object {
  const { inputText, output, error, cause, status } = execution;
  return {
    ...listItem(execution),
    input: inputText,
    inputDetails: { included: true },
    output: output === undefined ? undefined : JSON.stringify(output),
    outputDetails: output === undefined ? undefined : { included: true },
    error,
    cause,
    redriveStatus: 'NOT_REDRIVABLE',
    redriveStatusReason: `Execution is ${status} and cannot be redriven`,
  };
}
