export { lookUpCredentials, type Credentials } from './look-up-credentials.ts';
export { lookUpDatabase, type DatabaseValues } from './look-up-database.ts';
export { parameterStoreError } from './parameter-store-error.ts';
export { readParameters, type NamedParameter } from './read-parameters.ts';
