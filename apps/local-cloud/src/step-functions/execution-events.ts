import type { BusEvent } from '../endpoint/service.ts';
import type { Execution } from './execution.ts';

/** The event that Step Functions puts on the bus when the status of an execution changes; times are milliseconds. */
export function statusChangeEvent(execution: Execution): BusEvent {
  const { arn, name, machine, status, inputText, output, startedAtMs, stoppedAtMs, error, cause } = execution;
  return {
    source: 'aws.states',
    'detail-type': 'Step Functions Execution Status Change',
    resources: [arn],
    detail: {
      executionArn: arn,
      stateMachineArn: machine.arn,
      name,
      status,
      startDate: startedAtMs,
      stopDate: stoppedAtMs ?? null,
      input: inputText,
      output: output === undefined ? null : JSON.stringify(output),
      stateMachineVersionArn: null,
      stateMachineAliasArn: null,
      redriveCount: 0,
      redriveDate: null,
      inputDetails: { included: true },
      outputDetails: output === undefined ? null : { included: true },
      error: error ?? null,
      cause: cause ?? null,
    },
  };
}
