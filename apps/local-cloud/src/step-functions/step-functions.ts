import {
  type Clock,
  createTaskRunner,
  createTaskTokens,
  definitionProblems,
  type Execution,
  isObject,
  startExecution,
  type StateMachineType,
  type StatesMachine,
  systemClock,
} from '@serverless-ops/states-language';
import { AwsError } from '../endpoint/aws-error.ts';
import type { CallService, EmitEvent, Json, JsonObject, ServiceActions } from '../endpoint/service.ts';
import { executionActions } from './actions/executions.ts';
import { historyActions } from './actions/get-execution-history.ts';
import { startActions, type Start } from './actions/start-executions.ts';
import { stateMachineActions } from './actions/state-machines.ts';
import { taskReportActions } from './actions/task-reports.ts';
import { createArns } from './arns.ts';
import { statusChangeEvent } from './execution-events.ts';
import { findIntegration } from './integrations/find-integration.ts';
import type { CallAsRole } from './integrations/service-integration.ts';
import { createNestedExecutions } from './nested-execution.ts';
import { createRegistry } from './registry.ts';

export interface StepFunctionsOptions {
  accountId: string;
  region: string;
  callService: CallService;
  emitEvent: EmitEvent;
  /** @default - the system's */
  clock?: Clock;
  /** Waited before every retry of a state, for tests. @default - what the definition says */
  retryIntervalMs?: number | undefined;
}

export interface StateMachineDefinition {
  name: string;
  type: StateMachineType;
  definition: JsonObject | string;
  roleArn: string;
}

export interface StepFunctions {
  /** Adds a state machine and answers its ARN; throws `InvalidDefinition` with every problem. */
  define(machine: StateMachineDefinition): string;
  actions: ServiceActions;
  /** The machine that waits on a token: what the right to report on it is checked against. */
  stateMachineOfToken(token: string): string | undefined;
  /** Ends what still runs, as aborted. */
  close(): Promise<void>;
}

/** Step Functions: Standard and Express workflows with their callbacks, timeouts and history, kept in memory. */
export function createStepFunctions(options: StepFunctionsOptions): StepFunctions {
  const { accountId, region, callService, emitEvent, clock = systemClock, retryIntervalMs } = options;
  const arns = createArns(accountId, region);
  const registry = createRegistry();
  const tokens = createTaskTokens();
  const running = new Set<Execution>();
  const awaitExecution = createNestedExecutions(registry);

  const start: Start = (machine, { arn, name, inputText }) => {
    const callAsRole: CallAsRole = (service, action, input) =>
      callService(service, action, input as JsonObject, {
        kind: 'role',
        roleArn: machine.roleArn,
        sessionName: name,
      });
    const runTask = createTaskRunner({
      stateMachineArn: machine.arn,
      region,
      findIntegration(resource) {
        const found = findIntegration(resource);
        return found && { ...found, call: (parameters) => found.call(parameters, callAsRole) };
      },
      tokens,
      clock,
      awaitExecution,
    });
    const isStandard = machine.type === 'STANDARD';
    const onStatusChange = (execution: Execution): void => {
      if (execution.status === 'RUNNING') running.add(execution);
      else running.delete(execution);
      if (isStandard) emitEvent(statusChangeEvent(execution));
    };
    const execution = startExecution({
      arn,
      name,
      machine,
      inputText,
      clock,
      runTask,
      retryIntervalMs,
      onStatusChange,
    });
    if (isStandard) registry.executions.set(arn, execution);
    return execution;
  };

  return {
    define({ name, type, definition, roleArn }) {
      const parsed = parseDefinition(definition, type);
      const arn = arns.stateMachine(name);
      const definitionText = typeof definition === 'string' ? definition : JSON.stringify(definition);
      registry.machines.set(arn, {
        arn,
        name,
        type,
        roleArn,
        definitionText,
        definition: parsed,
        createdAtMs: clock.now(),
      });
      return arn;
    },
    actions: {
      ...startActions({ registry, arns, start }),
      ...executionActions(registry, clock),
      ...historyActions(registry),
      ...stateMachineActions(registry),
      ...taskReportActions(tokens),
    },
    stateMachineOfToken: (token) => tokens.stateMachineArn(token),
    async close() {
      const left = [...running];
      for (const execution of left) execution.stop('States.Runtime', 'The local cloud was stopped.');
      await Promise.all(left.map(({ ended }) => ended));
    },
  };
}

function parseDefinition(definition: JsonObject | string, type: StateMachineType): StatesMachine {
  const parsed = typeof definition === 'string' ? parseJson(definition) : definition;
  if (!isObject(parsed)) throw invalidDefinition(['The definition is not a JSON object']);
  const problems = definitionProblems(parsed, { type, offers: (resource) => findIntegration(resource) !== undefined });
  if (problems.length > 0) throw invalidDefinition(problems);
  return parsed as unknown as StatesMachine;
}

function parseJson(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw invalidDefinition([`INVALID_JSON_DESCRIPTION: ${(error as Error).message}`]);
  }
}

function invalidDefinition(problems: string[]): AwsError {
  const text = problems.map((problem) => `SCHEMA_VALIDATION_FAILED: ${problem}`).join(', ');
  return new AwsError('InvalidDefinition', `Invalid State Machine Definition: '${text}'`);
}
