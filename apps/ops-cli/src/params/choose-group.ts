import { UsageError } from '../errors.ts';
import { checkReference } from './argument-checks.ts';
import { adminGroup, databaseGroup, userGroup, type Database, type ParameterGroup } from './parameter-group.ts';

export interface GroupOptions {
  readonly admin?: boolean;
  readonly user?: string;
}

/** @throws UsageError for names that cannot be, and for both options at once. */
export function chooseGroup(prefix: string, database: Database, { admin = false, user }: GroupOptions): ParameterGroup {
  checkReference({ ...database, ...(user !== undefined && { dbUser: user }) });
  if (admin && user !== undefined) throw new UsageError(['Choose --admin or --user, not both.']);
  if (user !== undefined) return userGroup(prefix, database, user);
  return admin ? adminGroup(prefix, database) : databaseGroup(prefix, database);
}
