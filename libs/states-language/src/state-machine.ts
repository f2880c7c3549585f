import type { StatesMachine } from './definition.ts';

export type StateMachineType = 'EXPRESS' | 'STANDARD';

export interface StateMachine {
  arn: string;
  name: string;
  type: StateMachineType;
  roleArn: string;
  /** The definition as it was given, for those who ask for it. */
  definitionText: string;
  definition: StatesMachine;
  /** Milliseconds since the epoch. */
  createdAtMs: number;
}
