export { lookUpDatabase, type DatabaseValues } from './look-up-database.ts';
export { isPlaceholder } from './placeholder.ts';
