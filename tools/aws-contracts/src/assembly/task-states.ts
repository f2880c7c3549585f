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

/**
 * Every Task state of every synthesized state machine.
 *
 * @param reference Stands for what CloudFormation fills in at deploy: ids and ARNs.
 */
export function synthesizedTaskStates(reference = 'arn:aws:service:eu-west-1:111122223333:x'): TaskState[] {
  return synthesizedResources('AWS::StepFunctions::StateMachine').flatMap(({ app, properties }) => {
    const text = resolvedText(properties['DefinitionString'], reference);
    const { States } = JSON.parse(text) as { States: Record<string, State> };
    return Object.entries(States)
      .filter(([, { Type }]) => Type === 'Task')
      .map(([name, { Resource = '', Parameters = {} }]) => ({
        name: `${app} ${name}`,
        integration: Resource.replace(/^.*:states:::/, ''),
        parameters: Parameters,
      }));
  });
}
