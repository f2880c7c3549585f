import { referredSecret } from '@serverless-ops/parameter-rules';
import { UsageError } from '../errors.ts';
import type { ListedParameter } from '../parameter-store.ts';
import type { GroupParameter } from './parameter-group.ts';
import { describeReadableSecret, isReadableSecret } from './stored-type.ts';

type Stored = ReadonlyMap<string, ListedParameter>;

/** @throws UsageError for secrets that were stored in clear text: they would be written in clear text again. */
export function refuseReadableSecrets(wanted: readonly GroupParameter[], stored: Stored): void {
  const problems = wanted.flatMap((parameter) => {
    const found = stored.get(parameter.name);
    if (found === undefined || !isReadableSecret(parameter, found)) return [];
    const { problem, fix } = describeReadableSecret(found);
    return [`${found.name} ${problem}. Its type cannot change. First delete it with "${fix}".`];
  });
  if (problems.length > 0) throw new UsageError(problems);
}

/** @throws UsageError for secrets that would be written in clear text, because the parameter holds a reference in clear text. */
export function refuseSecretsInPlaceOfReferences(
  wanted: readonly GroupParameter[],
  stored: Stored,
  values: ReadonlyMap<string, string>,
): void {
  const problems = wanted.flatMap((parameter) => {
    const found = stored.get(parameter.name);
    const isReference = referredSecret(values.get(parameter.name) ?? '') !== undefined;
    if (found === undefined || isReference || !parameter.isSecret || found.type === 'SecureString') return [];
    const { fix } = describeReadableSecret(found);
    return [
      `${found.name} is a ${found.type} and may only refer to Secrets Manager. To store a secret in it, first delete it with "${fix}".`,
    ];
  });
  if (problems.length > 0) throw new UsageError(problems);
}
