import { changedAccountProblem } from '@serverless-ops/parameter-rules';
import type { Settings } from '@serverless-ops/settings';
import { checkGroup, type CheckedSettings, type Problem } from './check-group.ts';
import type { StoredGroup } from './inventory.ts';
import { userGroup, type Database } from './parameter-group.ts';
import { passwordChangeCommand } from './password-change-command.ts';
import { userOfLevel } from './user-of-level.ts';

export interface StoredUser {
  /** Level of the path that is the account. */
  readonly level: string;
  readonly user: StoredGroup;
  readonly database: Database;
}

/** What is wrong with the parameters of one account, and what waits for its next password change. */
export function checkUser(
  { level, user, database }: StoredUser,
  settings: CheckedSettings & Pick<Settings, 'namePrefix'>,
): Problem[] {
  const dbUser = userOfLevel(level);
  if (dbUser === undefined) return [describeStrayLevel(user)];
  const nameProblem = changedAccountProblem(dbUser);
  if (nameProblem !== undefined) return [describeUnchangeable(nameProblem, user)];
  const problems = checkGroup(userGroup(settings.parameterPrefix, database, dbUser), user, settings);
  const pending = user.get('password_pending');
  const next = user.get('new_password');
  const command = (arn: string, generate: boolean): string =>
    passwordChangeCommand(settings.namePrefix, arn, { ...database, dbUser, generate });
  if (pending !== undefined) {
    const text = 'is from an interrupted password change; the next one continues with it';
    return [
      ...problems.filter((problem) => !isFilledInByAChange(problem)),
      { path: pending.name, text, fix: { run: command(pending.arn, next === undefined) } },
    ];
  }
  if (next === undefined || problems.some(({ path }) => path === next.name)) return problems;
  const text = 'is not in use yet: the next password change makes it the password';
  return [
    ...problems.filter((problem) => !isFilledInByAChange(problem)),
    { path: next.name, text, isNote: true, fix: { run: command(next.arn, false) } },
  ];
}

/** A change writes `password`, unless one in clear text is in its place. */
function isFilledInByAChange({ fix }: Problem): boolean {
  return 'push' in fix && fix.name === 'password' && fix.after === undefined;
}

function pathOf(user: StoredGroup): string {
  const [path = ''] = [...user.values()].map(({ name }) => name.slice(0, name.lastIndexOf('/')));
  return path;
}

function describeUnchangeable(problem: string, user: StoredGroup): Problem {
  const text = `is for an account that no job changes: its name ${problem}`;
  return { path: pathOf(user), text, fix: { advice: 'delete what is below it' } };
}

function describeStrayLevel(user: StoredGroup): Problem {
  return {
    path: pathOf(user),
    text: 'belongs to no account, so no job reads it',
    fix: {
      advice: 'delete the parameters below it; "npx ops params push --user NAME" writes them where jobs read them',
    },
  };
}
