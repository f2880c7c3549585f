export type { Grant, GrantedPrivilege, GrantTarget } from './grant/grant.ts';
export { parseGrant, type GrantContext } from './grant/parse-grant.ts';
export { isPlaceholder } from './placeholder.ts';
export { isSecretReference, referredSecret } from './secret-reference.ts';
