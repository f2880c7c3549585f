import { JobError } from '@serverless-ops/job-schemas';
import type { DatabaseName } from './database-name.ts';

/**
 * Which tables, views and sequences a dump is about. Routines and events are in every dump, triggers with their tables,
 * and a sequence that a table takes numbers from with the table. A name is exact, and compared as the server does.
 */
export interface TableFilter {
  /** @default all */
  readonly includeTables?: readonly string[];
  /** @default none */
  readonly excludeTables?: readonly string[];
}

/** A filter, held against what a database has. */
export interface AppliedFilter {
  readonly passes: (name: string) => boolean;
  /** Names to leave out that the database does not have. In a schedule, a table may be excluded before it exists. */
  readonly needlessExcludes: readonly string[];
}

/**
 * Holds the filter against the names of all tables, views and sequences that the account sees. Throws JobError
 * InvalidRequest when a name to include is not among them, or when the filter leaves nothing of a database that is not
 * empty: such a backup would be of use to nobody, and a wrong letter or a pattern is the reason.
 */
export function applyFilter(
  { includeTables, excludeTables = [] }: TableFilter,
  listed: readonly string[],
  { database, ignoresCase }: DatabaseName,
): AppliedFilter {
  const fold = (name: string): string => (ignoresCase ? name.toLowerCase() : name);
  const existing = new Set(listed.map(fold));
  const [included, excluded] = [includeTables, excludeTables].map((names) => names && new Set(names.map(fold)));
  const missing = (names: readonly string[]): string[] => names.filter((name) => !existing.has(fold(name)));
  const needlessExcludes = missing(excludeTables);
  const unknown = missing(includeTables ?? []);
  const passes = (name: string): boolean =>
    (included?.has(fold(name)) ?? true) && !(excluded?.has(fold(name)) ?? false);
  if (unknown.length > 0) {
    const excludes = needlessExcludes.length > 0 ? `; exclude_tables: ${list(needlessExcludes)}` : '';
    throw new JobError(
      'InvalidRequest',
      `The database "${database}" has no such tables, or its account cannot see them: include_tables: ` +
        `${list(unknown)}${excludes}. A name is exact and no pattern. Correct the names, and order the job again.`,
    );
  }
  if (listed.length > 0 && !listed.some(passes)) {
    throw new JobError(
      'InvalidRequest',
      `include_tables and exclude_tables leave none of the ${listed.length} tables and views of the database ` +
        `"${database}". Nothing was dumped. Take names out of exclude_tables, and order the job again.`,
    );
  }
  return { passes, needlessExcludes };
}

function list(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(', ');
}
