import { DB_HOST_DRYRUN } from '@serverless-ops/names';
import type { Settings } from '@serverless-ops/settings';
import { checkGroup, type CheckedSettings, type Problem } from './check-group.ts';
import { checkUser } from './check-user.ts';
import type { Inventory } from './inventory.ts';
import { adminGroup, databaseGroup } from './parameter-group.ts';

/** What jobs for one database would refuse. */
export function checkDatabase(
  { database, settings: stored, admin, users }: Inventory,
  settings: CheckedSettings & Pick<Settings, 'namePrefix'>,
): Problem[] {
  const { parameterPrefix } = settings;
  // A dry run uses no other value.
  const isDryRun = stored.get('db_host')?.value === DB_HOST_DRYRUN;
  const isForPasswordChanges = !isDryRun && (admin.size > 0 || users.size > 0);
  return [
    ...(isDryRun
      ? []
      : checkGroup(databaseGroup(parameterPrefix, database), stored, settings, { isForPasswordChanges })),
    ...(isForPasswordChanges ? checkGroup(adminGroup(parameterPrefix, database), admin, settings) : []),
    ...[...users].flatMap(([level, user]) => checkUser({ level, user, database }, settings)),
  ];
}
