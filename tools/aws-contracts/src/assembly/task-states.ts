import { resolvedText, synthesizedResources } from './synthesized-templates.ts';

/** A Task state of a synthesized state machine. */
export interface TaskState {
  /** App and state, for messages: `mysql-worker db_backup`. */
  readonly name: string;
  /** Its Resource without the partition: `ecs:runTask.waitForTaskToken`. */
  readonly integration: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

interface State {
  readonly Type: string;
  readonly Resource?: string;
  readonly Parameters?: Readonly<Record<string, unknown>>;
}

/** A placeholder for what CloudFormation fills in at deploy: ids and ARNs. */
const REFERENCE = 'arn:aws:service:eu-west-1:111122223333:x';

/** A synthesized state machine, by the app that it belongs to. */
export interface SynthesizedStateMachine {
  readonly app: string;
  readonly definition: { readonly States: Readonly<Record<string, State>> };
}

export function synthesizedStateMachines(): SynthesizedStateMachine[] {
  return synthesizedResources('AWS::StepFunctions::StateMachine').map(({ app, properties }) => ({
    app,
    definition: JSON.parse(
      resolvedText(properties['DefinitionString'], REFERENCE),
    ) as SynthesizedStateMachine['definition'],
  }));
}

/** Every Task state of every synthesized state machine. */
export function synthesizedTaskStates(): TaskState[] {
  return synthesizedStateMachines().flatMap(({ app, definition }) =>
    Object.entries(definition.States)
      .filter(([, { Type }]) => Type === 'Task')
      .map(([name, { Resource = '', Parameters = {} }]) => ({
        name: `${app} ${name}`,
        integration: Resource.replace(/^.*:states:::/, ''),
        parameters: Parameters,
      })),
  );
}
