import { JobError, type JobOptions } from '@serverless-ops/job-schemas';

/**
 * Refuses an order that may remove data of a target for which the settings do not allow it. It is refused whichever door it
 * came through: the worker cannot tell an operator's order from one over the API.
 *
 * @param allowed databases, as `db_name/db_env`
 * @throws JobError InvalidRequest
 */
export function refuseOverwrite(
  { db_name: dbName, db_env: dbEnv, target_db_name: targetName = dbName, ...options }: JobOptions<'db_restore'>,
  allowed: readonly string[],
): void {
  const { OVERWRITE_target: overwrites, OVERWRITE_never_backed_up: neverBackedUp } = options;
  if (!overwrites && neverBackedUp) {
    throw new JobError(
      'InvalidRequest',
      'OVERWRITE_never_backed_up does nothing without OVERWRITE_target. Nothing was read. Set both, or none.',
    );
  }
  const target = `${targetName}/${dbEnv}`;
  if (!overwrites || allowed.includes(target)) return;
  throw new JobError(
    'InvalidRequest',
    `OVERWRITE_target is not allowed for ${target}. Nothing was read or changed. Add it to restore.allow_overwrite in settings.yml ` +
      'and deploy, or restore into an empty database with target_db_name.',
  );
}
