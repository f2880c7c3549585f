import { createSsmActions, parameterArn, type ParameterStore, SsmError } from '@serverless-ops/ssm-server';
import type { AwsService } from '../endpoint/aws-service.ts';
import { AwsError } from '../endpoint/aws-error.ts';
import type { CallContext, JsonObject, ServiceAction } from '../endpoint/service.ts';
import type { AuthorizeKeyUse } from '../kms/key-authorizer.ts';
import { ssmPermissions } from './ssm-permissions.ts';

export interface SsmServiceOptions {
  store: ParameterStore;
  /** Reading and writing an encrypted value takes a right on its key as well. */
  authorizeKey: AuthorizeKeyUse;
}

/** Parameter Store behind the rights of the caller. */
export function createSsmService({ store, authorizeKey }: SsmServiceOptions): AwsService {
  const { account } = store;
  const actions = createSsmActions<CallContext>({
    store,
    authorizeKey: ({ action, name, keyId }, { principal }) =>
      authorizeKey(principal, {
        action,
        key: keyId,
        via: 'ssm',
        encryptionContext: { PARAMETER_ARN: parameterArn(account, name) },
      }),
  });
  const served = Object.entries(actions).map(([name, run]): [string, ServiceAction] => [
    name,
    (input, context) =>
      Promise.resolve()
        .then(() => run(input, context) as JsonObject)
        .catch(throwAsAwsError),
  ]);
  return {
    name: 'ssm',
    actions: Object.fromEntries(served),
    permissions: (actionName, input) => ssmPermissions(account, actionName, input),
  };
}

function throwAsAwsError(error: unknown): never {
  throw error instanceof SsmError ? new AwsError(error.code, error.message) : error;
}
