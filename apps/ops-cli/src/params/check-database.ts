import { DB_HOST_DRYRUN, resourceNames } from '@serverless-ops/names';
import { referredSecret, storedValueProblem } from '@serverless-ops/parameter-rules';
import type { Settings } from '@serverless-ops/settings';
import type { StoredParameter } from '../parameter-store.ts';
import { shellCommand } from '../shell-command.ts';
import type { Inventory, StoredGroup } from './inventory.ts';
import {
  adminGroup,
  databaseGroup,
  userGroup,
  type Database,
  type GroupParameter,
  type ParameterGroup,
} from './parameter-group.ts';
import { ALLOW_SECRET } from './allow-secret.ts';
import { describeReadableSecret, isReadableSecret } from './stored-type.ts';
import { userOfLevel } from './user-of-level.ts';

/** What a job would trip over. Never holds a value. */
export interface Problem {
  /** Path of the parameter, or of the group as a whole. */
  readonly path: string;
  readonly text: string;
  readonly mend: Mend;
}

/** Parameters to push, or what is to be done instead or before. */
export type Mend =
  | { readonly push: ParameterGroup; readonly name: string; readonly after?: string }
  | { readonly run: string }
  | { readonly advice: string };

type CheckedSettings = Pick<Settings, 'parameterPrefix' | 'namePrefix' | 'secretNames'>;

export function checkDatabase(
  { database, settings: stored, admin, users }: Inventory,
  settings: CheckedSettings,
): Problem[] {
  const { parameterPrefix } = settings;
  // A dry run uses no other value.
  const isDryRun = stored.get('db_host')?.value === DB_HOST_DRYRUN;
  const needsAdmin = !isDryRun && (admin.size > 0 || users.size > 0);
  return [
    ...(isDryRun ? [] : checkGroup(databaseGroup(parameterPrefix, database), stored, settings)),
    ...(needsAdmin ? checkGroup(adminGroup(parameterPrefix, database), admin, settings) : []),
    ...[...users].flatMap(([level, user]) => checkUser({ level, user, database, settings })),
  ];
}

function checkGroup(group: ParameterGroup, stored: StoredGroup, settings: CheckedSettings): Problem[] {
  return group.parameters.flatMap((parameter) => {
    const path = `${group.path}/${parameter.name}`;
    const found = checkParameter(parameter, stored.get(parameter.name), settings);
    if (found === undefined) return [];
    const { text, ...mend } = found;
    return [{ path, text, mend: 'advice' in mend ? mend : { push: group, name: parameter.name, ...mend } }];
  });
}

type Finding = { text: string; after?: string } | { text: string; advice: string };

function checkParameter(
  parameter: GroupParameter,
  stored: StoredParameter | undefined,
  { secretNames }: CheckedSettings,
): Finding | undefined {
  if (stored === undefined) return parameter.isOptional ? undefined : { text: 'is missing' };
  if (isReadableSecret(parameter, stored)) {
    const { problem, mend } = describeReadableSecret(stored);
    return { text: problem, after: mend };
  }
  const { value } = stored;
  if (value === undefined) return undefined;
  const problem = storedValueProblem(parameter, value);
  if (problem !== undefined) return { text: problem };
  const secret = referredSecret(value);
  if (secret === undefined || secretNames.includes(secret)) return undefined;
  return { text: 'refers to a secret of Secrets Manager that jobs may not read', advice: ALLOW_SECRET };
}

function checkUser({
  level,
  user,
  database,
  settings,
}: {
  level: string;
  user: StoredGroup;
  database: Database;
  settings: CheckedSettings;
}): Problem[] {
  const dbUser = userOfLevel(level);
  const pending = user.get('password_pending');
  if (dbUser === undefined) {
    const [path = level] = [...user.values()].map(({ name }) => name.slice(0, name.lastIndexOf('/')));
    const advice = 'delete what is below it; "npx ops params push --user NAME" writes it where it is looked for';
    return [{ path, text: 'is where no account is looked for', mend: { advice } }];
  }
  const problems = checkGroup(userGroup(settings.parameterPrefix, database, dbUser), user, settings);
  if (pending === undefined) return problems;
  const text = 'was left by a password change that broke off; the next one that generates takes it up';
  const run = passwordChangeCommand(settings.namePrefix, pending.arn, { ...database, dbUser });
  // It fills the password in as well, unless one in clear text stands in its way.
  const isFilledIn = ({ mend }: Problem): boolean =>
    'push' in mend && mend.name === 'password' && mend.after === undefined;
  const others = problems.filter((problem) => !isFilledIn(problem));
  return [...others, { path: pending.name, text, mend: { run } }];
}

function passwordChangeCommand(
  namePrefix: string,
  parameterArn: string,
  account: Database & { dbUser: string },
): string {
  const { dbName, dbEnv, dbUser } = account;
  const [arn, partition, , region, accountId] = parameterArn.split(':');
  const name = resourceNames(namePrefix).passwordStateMachine;
  const stateMachine = [arn, partition, 'states', region, accountId, 'stateMachine', name].join(':');
  const input = JSON.stringify({
    job_name: 'password_change',
    job_options: { db_name: dbName, db_env: dbEnv, db_user: dbUser, generate: true },
  });
  return shellCommand([
    'aws',
    'stepfunctions',
    'start-execution',
    '--state-machine-arn',
    stateMachine,
    '--input',
    input,
  ]);
}
