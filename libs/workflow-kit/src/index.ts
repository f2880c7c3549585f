export { checkRequestStates, type CheckedRequestTargets } from './check-request.ts';
export { endStates, failure, FAILED, SUCCEEDED, type EndStatesProps } from './end-states.ts';
export type { ChoiceRule, State, StateMachineDefinition, States } from './states-language.ts';
