export type { Grant, GrantedPrivilege, GrantTarget } from './grant/grant.ts';
export { parseGrant, type GrantContext } from './grant/parse-grant.ts';
export { isPlaceholder } from './placeholder.ts';
export { changedAccountProblem } from './rules/changed-account-problem.ts';
export { parsePort } from './rules/port.ts';
export { textProblem } from './rules/text-problem.ts';
export { isSecretReference, referredSecret } from './secret-reference.ts';
export { storedValueProblem, valueProblem, type WrittenParameter } from './value-problem.ts';
