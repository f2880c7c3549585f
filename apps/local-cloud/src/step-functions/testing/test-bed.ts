import { createManualClock, type ManualClock, settle } from '@serverless-ops/states-language';
import type { BusEvent, CallService, Json, JsonObject, Principal } from '../../endpoint/service.ts';
import { createStepFunctions, type StepFunctions } from '../step-functions.ts';

export const ROLE = 'arn:aws:iam::123456789012:role/machine';
const CALLER = { principal: { kind: 'account' }, requestId: 'test' } as const;

export interface RecordedCall {
  service: string;
  action: string;
  input: JsonObject;
  principal: Principal;
}

/** Step Functions with other services that only write down what they are asked. */
export interface TestBed {
  sfn: StepFunctions;
  clock: ManualClock;
  calls: RecordedCall[];
  events: BusEvent[];
  /** Calls an action as a client would. */
  call: (action: string, input: JsonObject) => Promise<JsonObject>;
  /** Defines a machine of these states, starts it and lets it run as far as it gets; answers the execution's ARN. */
  run: (states: JsonObject, input?: Json, machine?: JsonObject) => Promise<string>;
  describe: (executionArn: string) => Promise<JsonObject>;
  /** Types of the events so far. */
  history: (executionArn: string) => Promise<string[]>;
}

/** `answer` stands for all other services; `states` is answered by Step Functions itself. */
export function createTestBed(answer: (call: RecordedCall) => JsonObject | Promise<JsonObject> = () => ({})): TestBed {
  const calls: RecordedCall[] = [];
  const events: BusEvent[] = [];
  const clock = createManualClock();
  const callService: CallService = async (service, action, input, principal) => {
    calls.push({ service, action, input, principal });
    return service === 'states' ? call(action, input) : answer({ service, action, input, principal });
  };
  const sfn = createStepFunctions({
    accountId: '123456789012',
    region: 'eu-central-1',
    callService,
    emitEvent: (event) => void events.push(event),
    clock,
  });

  async function call(action: string, input: JsonObject): Promise<JsonObject> {
    const run = sfn.actions[action];
    if (!run) throw new Error(`no action ${action}`);
    return run(input, CALLER);
  }

  return {
    sfn,
    clock,
    calls,
    events,
    call,
    async run(states, input = {}, machine = {}) {
      const definition = { StartAt: Object.keys(states)[0] ?? '', States: states, ...machine };
      const stateMachineArn = sfn.define({ name: 'machine', type: 'STANDARD', definition, roleArn: ROLE });
      const { executionArn } = await call('StartExecution', { stateMachineArn, input: JSON.stringify(input) });
      await settle();
      return executionArn as string;
    },
    describe: (executionArn) => call('DescribeExecution', { executionArn }),
    async history(executionArn) {
      const { events: list } = await call('GetExecutionHistory', { executionArn });
      return (list as JsonObject[]).map(({ type }) => type as string);
    },
  };
}

/** A Task state that starts a container with the token of its callback in `group`. */
export const callbackTask = {
  Type: 'Task',
  Resource: 'arn:aws:states:::ecs:runTask.waitForTaskToken',
  Parameters: { Cluster: 'ops', 'Group.$': '$$.Task.Token' },
} as const;

export const tokenOf = (call: RecordedCall | undefined): string => call?.input['group'] as string;
