import { isSecretReference, referredSecret, storedValueProblem } from '@serverless-ops/parameter-rules';
import type { Settings } from '@serverless-ops/settings';
import type { ListedParameter } from '../parameter-store.ts';
import { ALLOW_SECRET } from './allow-secret.ts';
import type { StoredGroup } from './inventory.ts';
import type { GroupParameter, ParameterGroup } from './parameter-group.ts';
import { describeReadableSecret, isReadableSecret } from './stored-type.ts';

/** What a job would refuse. Never holds a value. */
export interface Problem {
  /** Path of the parameter, or of the group as a whole. */
  readonly path: string;
  readonly text: string;
  readonly fix: Fix;
  /** A note: no problem, but something is left to do. @default false */
  readonly isNote?: boolean;
}

/** Parameters to push, or what to do instead or before. */
export type Fix =
  | { readonly push: ParameterGroup; readonly name: string; readonly after?: string }
  | { readonly run: string }
  | { readonly advice: string };

export type CheckedSettings = Pick<Settings, 'parameterPrefix' | 'secretNames'>;

/** Where the server is: a password change reads these without a right on any secret. */
const WHERE_THE_SERVER_IS = ['db_host', 'db_port', 'db_name'];

export interface GroupUse {
  /** Whether password changes read it, too. @default false */
  readonly isForPasswordChanges?: boolean;
}

/** What is wrong with the parameters of one group, by the rules that jobs have. */
export function checkGroup(
  group: ParameterGroup,
  stored: StoredGroup,
  settings: CheckedSettings,
  { isForPasswordChanges = false }: GroupUse = {},
): Problem[] {
  return group.parameters.flatMap((parameter) => {
    const path = `${group.path}/${parameter.name}`;
    const found =
      checkParameter(parameter, stored.get(parameter.name), settings) ??
      (isForPasswordChanges ? checkForPasswordChange(parameter, stored.get(parameter.name)) : undefined);
    if (found === undefined) return [];
    const { text, ...fix } = found;
    return [{ path, text, fix: 'advice' in fix ? fix : { push: group, name: parameter.name, ...fix } }];
  });
}

type Finding = { text: string; after?: string } | { text: string; advice: string };

function checkParameter(
  parameter: GroupParameter,
  stored: ListedParameter | undefined,
  { secretNames }: CheckedSettings,
): Finding | undefined {
  if (stored === undefined) return parameter.isOptional ? undefined : { text: describeMissing(parameter) };
  if (isReadableSecret(parameter, stored)) {
    const { problem, fix } = describeReadableSecret(stored);
    return { text: problem, after: fix };
  }
  const { value } = stored;
  if (value === undefined) return undefined;
  const problem = storedValueProblem(parameter, value);
  if (problem !== undefined) return { text: problem };
  const secret = referredSecret(value);
  if (secret === undefined || secretNames.includes(secret)) return undefined;
  return { text: 'refers to a secret of Secrets Manager that jobs may not read', advice: ALLOW_SECRET };
}

function describeMissing({ name }: GroupParameter): string {
  return name === 'account' ? 'is missing: jobs refuse an account that is not registered' : 'is missing';
}

function checkForPasswordChange({ name }: GroupParameter, stored: ListedParameter | undefined): Finding | undefined {
  const isFollowed = !WHERE_THE_SERVER_IS.includes(name) || !isSecretReference(stored?.value ?? '');
  return isFollowed ? undefined : { text: 'refers to Secrets Manager, which a password change does not read' };
}
