import { JobError } from '@serverless-ops/job-schemas';
import { ACCOUNT_KINDS, type AccountKind } from '@serverless-ops/names';
import type { NamedParameter } from '@serverless-ops/parameter-lookup';

/**
 * How operations has registered the account. Throws JobError AccountNotRegistered without a registration,
 * ParameterInvalid for one that is not on the list.
 */
export function registeredKind(name: string, stored: ReadonlyMap<string, NamedParameter>): AccountKind {
  const value = stored.get(name)?.value;
  if (value === undefined) {
    throw new JobError(
      'AccountNotRegistered',
      `Operations has not registered this account: ${name} is not in Parameter Store, so no job changes its password. ` +
        'Create it as a String with the value "application", or "privileged" for an account with the rights of an ' +
        'administrator or of replication. Then order the job again.',
    );
  }
  const kind = ACCOUNT_KINDS.find((one) => one === value);
  if (kind !== undefined) return kind;
  throw new JobError(
    'ParameterInvalid',
    `${name} is ${JSON.stringify(value.slice(0, 40))}. It must be ${ACCOUNT_KINDS.map((one) => `"${one}"`).join(' or ')}, ` +
      'without spaces or line breaks. Store one of these and order the job again.',
  );
}
