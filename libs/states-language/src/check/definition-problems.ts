// @ts-expect-error -- the package has no types
import untypedAslValidator from 'asl-validator';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { State, StatesMachine } from '../definition.ts';
import type { StateMachineType } from '../state-machine.ts';
import { unsupportedRunTaskParameters } from './run-task-parameters.ts';

const aslValidator = untypedAslValidator as (
  definition: object,
  options: { checkPaths: boolean; checkArn: boolean },
) => { isValid: boolean; errorsText: (separator: string) => string };

/** Fields that are read here. Others have a meaning on AWS, so a definition that has them must not seem to run. */
const COMMON_FIELDS = ['Type', 'Comment', 'QueryLanguage', 'InputPath', 'OutputPath', 'Next', 'End'];
const RESULT_FIELDS = ['Parameters', 'ResultSelector', 'ResultPath', 'Retry', 'Catch'];
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  Task: [
    ...RESULT_FIELDS,
    'Resource',
    'TimeoutSeconds',
    'TimeoutSecondsPath',
    'HeartbeatSeconds',
    'HeartbeatSecondsPath',
  ],
  Pass: ['Parameters', 'ResultPath', 'Result'],
  Wait: ['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath'],
  Choice: ['Choices', 'Default'],
  Succeed: [],
  Fail: ['Error', 'ErrorPath', 'Cause', 'CausePath'],
  Parallel: [...RESULT_FIELDS, 'Branches'],
  Map: [
    ...RESULT_FIELDS,
    'ItemProcessor',
    'Iterator',
    'ItemsPath',
    'ItemSelector',
    'MaxConcurrency',
    'MaxConcurrencyPath',
  ],
};
const MACHINE_FIELDS = [
  'StartAt',
  'States',
  'TimeoutSeconds',
  'Comment',
  'Version',
  'QueryLanguage',
  'ProcessorConfig',
];

export interface DefinitionRules {
  readonly type: StateMachineType;
  /** Whether the runner of the definition offers what a Task state's Resource names. @default - every one */
  readonly offers?: ((resource: string) => boolean) | undefined;
}

/** Everything that AWS refuses in a definition, or that runs on AWS but not here; empty when all is well. */
export function definitionProblems(definition: object, rules: DefinitionRules): string[] {
  // The validator writes defaults into what it is given.
  const { isValid, errorsText } = aslValidator(structuredClone(definition), { checkPaths: true, checkArn: true });
  if (!isValid) return errorsText('\n').split('\n');
  return machineProblems(definition as JsonObject, '', rules);
}

function machineProblems(machine: JsonObject, at: string, rules: DefinitionRules): string[] {
  const problems = unknownFields(machine, MACHINE_FIELDS, at || '/');
  if ((machine['QueryLanguage'] ?? 'JSONPath') !== 'JSONPath')
    problems.push(`Only JSONPath is interpreted here at ${at}/QueryLanguage`);
  const processor = machine['ProcessorConfig'];
  if (isObject(processor) && processor['Mode'] === 'DISTRIBUTED') {
    problems.push(`A distributed Map is not interpreted here at ${at}/ProcessorConfig/Mode`);
  }
  const { States: states } = machine as unknown as StatesMachine;
  return problems.concat(
    Object.entries(states).flatMap(([name, state]) => stateProblems(state, `${at}/States/${name}`, rules)),
  );
}

function stateProblems(state: State, at: string, rules: DefinitionRules): string[] {
  const raw = state as unknown as JsonObject;
  const problems = unknownFields(raw, [...COMMON_FIELDS, ...(FIELDS[state.Type] ?? [])], at);
  if ((raw['QueryLanguage'] ?? 'JSONPath') !== 'JSONPath')
    problems.push(`Only JSONPath is interpreted here at ${at}/QueryLanguage`);
  for (const list of [state.Retry ?? [], state.Catch ?? []]) {
    for (const [index, { ErrorEquals: names }] of list.entries()) {
      const alone = names.length === 1 && index === list.length - 1;
      if (names.includes('States.ALL') && !alone) problems.push(`States.ALL must be alone and last at ${at}`);
    }
  }
  if (state.Type === 'Task') problems.push(...taskProblems(state.Resource, raw['Parameters'], at, rules));
  if (state.Type === 'Task' && (state.HeartbeatSeconds ?? 0) >= (state.TimeoutSeconds ?? Infinity)) {
    problems.push(`HeartbeatSeconds must be smaller than TimeoutSeconds at ${at}`);
  }
  const parts = state.Type === 'Parallel' ? raw['Branches'] : [raw['ItemProcessor'] ?? raw['Iterator']];
  return problems.concat(
    (parts as (Json | undefined)[])
      .filter(isObject)
      .flatMap((machine, n) => machineProblems(machine, `${at}/${n}`, rules)),
  );
}

function taskProblems(
  resource: string,
  parameters: Json | undefined,
  at: string,
  { type, offers = () => true }: DefinitionRules,
): string[] {
  if (!offers(resource)) return [`The resource ${resource} is not offered here at ${at}/Resource`];
  if (/:states:::ecs:runTask(?:\.|$)/.test(resource)) {
    const unsupported = unsupportedRunTaskParameters(parameters);
    if (unsupported.length > 0)
      return unsupported.map((name) => `The field '${name}' is not supported by Step Functions at ${at}/Parameters`);
  }
  const [suffix] = /\.(?:waitForTaskToken|sync)(?=:2$|$)/.exec(resource) ?? [];
  if (type === 'STANDARD' || suffix === undefined) return [];
  return [`Express state machine does not support '${suffix}' service integration at ${at}/Resource`];
}

function unknownFields(object: JsonObject, known: readonly string[], at: string): string[] {
  return Object.keys(object)
    .filter((field) => !known.includes(field))
    .map((field) => `The field ${field} is not interpreted here at ${at}`);
}
