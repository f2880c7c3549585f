export { parameterArn, parameterNameOf } from './parameter-name.ts';
export { ParameterStore, type ParameterType, type StoredParameter } from './parameter-store.ts';
export { createSsmActions, type KeyUse, type SsmActions } from './ssm-actions.ts';
export { SsmError } from './ssm-error.ts';
