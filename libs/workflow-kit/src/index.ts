export { checkRequestStates, type CheckedRequestTargets } from './check-request.ts';
export { notify, type NotifyProps } from './notify.ts';
export type { ChoiceRule, State, StateMachineDefinition, States } from './states-language.ts';
