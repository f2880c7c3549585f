import type { Execution } from '@serverless-ops/states-language';
import type { BusEvent } from '../endpoint/service.ts';

/**
 * Events have room for 248 KiB of the escaped input and output together; what does not fit is left out, the input
 * first (Step Functions developer guide, "EventBridge for Step Functions execution status changes").
 */
const DATA_IN_EVENT_BYTES = 248 * 1024;

const escapedBytes = (text: string): number => Buffer.byteLength(JSON.stringify(text));

/** The event that Step Functions puts on the bus when the status of an execution changes; times are milliseconds. */
export function statusChangeEvent(execution: Execution): BusEvent {
  const { arn, name, machine, status, inputText, output, startedAtMs, stoppedAtMs, error, cause } = execution;
  const outputText = output === undefined ? undefined : JSON.stringify(output);
  const outputBytes = outputText === undefined ? 0 : escapedBytes(outputText);
  const hasOutput = outputBytes <= DATA_IN_EVENT_BYTES;
  const hasInput = escapedBytes(inputText) + (hasOutput ? outputBytes : 0) <= DATA_IN_EVENT_BYTES;
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
      input: hasInput ? inputText : null,
      output: hasOutput ? (outputText ?? null) : null,
      stateMachineVersionArn: null,
      stateMachineAliasArn: null,
      redriveCount: 0,
      redriveDate: null,
      inputDetails: { included: hasInput },
      outputDetails: output === undefined ? null : { included: hasOutput },
      error: error ?? null,
      cause: cause ?? null,
    },
  };
}
