import type { StateMachine } from '@serverless-ops/states-language';
import { z } from 'zod';
import { action } from '../../endpoint/action.ts';
import type { ServiceActions } from '../../endpoint/service.ts';
import { pageOf, pagingFields } from './paging.ts';
import type { Registry } from '../registry.ts';

const listRequest = z.object(pagingFields);

/** `DescribeStateMachine`, `DescribeStateMachineForExecution`, `ListStateMachines`. */
export function stateMachineActions(registry: Registry): ServiceActions {
  return {
    DescribeStateMachine: action(z.object({ stateMachineArn: z.string() }), ({ stateMachineArn }) => {
      const machine = registry.requireMachine(stateMachineArn);
      const { type, createdAtMs } = machine;
      return { ...described(machine), status: 'ACTIVE', type, creationDate: createdAtMs / 1000 };
    }),

    DescribeStateMachineForExecution: action(z.object({ executionArn: z.string() }), ({ executionArn }) => {
      const { machine } = registry.requireExecution(executionArn);
      return { ...described(machine), updateDate: machine.createdAtMs / 1000 };
    }),

    ListStateMachines: action(listRequest, (paging) => {
      const byName = [...registry.machines.values()].sort((left, right) => left.name.localeCompare(right.name));
      const { items, nextToken } = pageOf(byName, paging);
      return { stateMachines: items.map(listItem), nextToken };
    }),
  };
}

function listItem({ arn, name, type, createdAtMs }: StateMachine): object {
  return { stateMachineArn: arn, name, type, creationDate: createdAtMs / 1000 };
}

function described({ arn, name, roleArn, definitionText }: StateMachine): object {
  return {
    stateMachineArn: arn,
    name,
    definition: definitionText,
    roleArn,
    loggingConfiguration: { level: 'OFF', includeExecutionData: false },
    tracingConfiguration: { enabled: false },
  };
}
