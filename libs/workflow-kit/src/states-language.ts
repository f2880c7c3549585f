/** One state of a state machine, as Amazon States Language writes it. */
export interface State {
  readonly Type: 'Task' | 'Pass' | 'Choice' | 'Succeed' | 'Fail';
  readonly [field: string]: unknown;
}

export type States = Readonly<Record<string, State>>;

export interface StateMachineDefinition {
  readonly Comment: string;
  readonly StartAt: string;
  readonly TimeoutSeconds: number;
  readonly States: States;
}

/** A condition of a Choice state. */
export type ChoiceRule = Readonly<Record<string, unknown>>;
