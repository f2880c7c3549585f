import { JobError } from '@serverless-ops/job-schemas';
import { quoteIdentifier } from '@serverless-ops/mysql-connect';
import { readFlavor } from '@serverless-ops/mysql-dump';
import { RESTORE_MARKER_TABLE } from '@serverless-ops/names';
import type { Connection } from 'mysql2/promise';
import type { RestorePlan } from '../backup/restore-plan.ts';
import type { RestoreDatabaseOptions } from '../restore-database.ts';
import { readServer, targetProblems, throwProblems, type TargetServer } from './check-target.ts';
import { findLeftBehind } from './left-behind.ts';
import { nameProblems } from './name-problems.ts';
import { readMarker, writeMarker, type RestoreMarker } from './restore-marker.ts';
import { exists, readContents, type TargetObject } from './target-contents.ts';

export interface PreparedTarget {
  readonly server: TargetServer;
  readonly marker: RestoreMarker;
  /** What is in the way, and what a restore that was cut off made. It is still there. */
  readonly toRemove: readonly TargetObject[];
  readonly warnings: readonly string[];
}

/**
 * Everything up to a marker in the target. Before the marker, nothing is changed.
 *
 * @throws JobError TargetNotEmpty, those of `targetProblems`, and what `onStart` throws
 */
export async function prepareTarget(
  control: Connection,
  plan: RestorePlan,
  { database, overwrite = false, onStart, jobId, signal, connection }: RestoreDatabaseOptions,
): Promise<PreparedTarget> {
  const server = await readServer(control, await readFlavor(control));
  const isThere = await exists(control, database);
  const contents = isThere ? await readContents(control, database) : [];
  const earlier = isThere ? await readMarker(control, database) : undefined;
  const cutOff = earlier === 'nothing done' ? undefined : earlier;
  const tables = plan.tables.map(({ name }) => server.spelled(name));
  const sequences = plan.sequences.map(({ name }) => server.spelled(name));
  if (cutOff) refuseWhatLeavesAHalf(plan, { cutOff, made: [...tables, ...sequences], database });
  const leftBehind = cutOff ? await findLeftBehind(control, { database, contents, marker: cutOff }) : [];
  const isInTheWay = ({ kind, name }: TargetObject): boolean =>
    plan.isWhole || (['TABLE', 'VIEW', 'SEQUENCE'].includes(kind) && tables.includes(name));
  const inTheWay = contents.filter((object) => !leftBehind.includes(object) && isInTheWay(object));
  if (!overwrite && inTheWay.length > 0) throw notEmpty(database, inTheWay, plan.isWhole);
  const removed = [...leftBehind, ...inTheWay];
  throwProblems(
    [
      ...(await targetProblems(control, plan, { server, database, connection, isOverwrite: inTheWay.length > 0 })),
      ...(await nameProblems(control, plan, { server, database, removed })),
    ],
    database,
  );
  const warnings = warningsOf(plan, server);
  await onStart?.({ removes: inTheWay.length, cutOff, warnings });
  signal.throwIfAborted();
  if (!isThere) await control.query(`CREATE DATABASE ${quoteIdentifier(database)}`);
  await control.query(`USE ${quoteIdentifier(database)}`);
  const staying = contents.filter((object) => !removed.includes(object)).map(({ name }) => name);
  const wanted = [...tables, ...sequences.filter((name) => !staying.includes(name))];
  const marker = { backupId: plan.manifest.backup_id, jobId, isWhole: plan.isWhole, wanted };
  // Until what is left behind is removed, the next restore has to know it.
  await writeMarker(control, {
    ...{ ...cutOff, ...marker },
    wanted: [...new Set([...wanted, ...leftBehind.filter(holdsRows).map(({ name }) => name)])],
  });
  return { server, marker, toRemove: removed, warnings };
}

function holdsRows({ kind }: TargetObject): boolean {
  return kind === 'TABLE' || kind === 'SEQUENCE';
}

/** A restore of other tables would end with a marker that says nothing of the half of the first one. */
function refuseWhatLeavesAHalf(
  { isWhole }: RestorePlan,
  { cutOff, made, database }: { cutOff: RestoreMarker; made: readonly string[]; database: string },
): void {
  if (isWhole || (!cutOff.isWhole && cutOff.wanted.every((name) => made.includes(name)))) return;
  const what = cutOff.isWhole ? 'all' : named(cutOff.wanted.map((name) => JSON.stringify(name)));
  throw new JobError(
    'TargetNotEmpty',
    `The job ${cutOff.jobId} was restoring ${what} of the backup ${cutOff.backupId} into "${database}", and was cut off. Nothing was changed. ` +
      'Order that restore again first, or one of the same tables from another backup. If it is no longer wanted, and the database ' +
      'is as it should be, drop the table ' +
      `${RESTORE_MARKER_TABLE}.`,
  );
}

const MAX_NAMED = 10;

function named(names: readonly string[]): string {
  const more = names.length > MAX_NAMED ? ` and ${names.length - MAX_NAMED} more` : '';
  return `${names.slice(0, MAX_NAMED).join(', ')}${more}`;
}

function notEmpty(database: string, objects: readonly TargetObject[], isWhole: boolean): JobError {
  const there = named(objects.map(({ kind, name }) => `${kind.toLowerCase()} ${JSON.stringify(name)}`));
  return new JobError(
    'TargetNotEmpty',
    `The database "${database}" ${isWhole ? 'is not empty' : 'has such tables already'}: it has ${there}. ` +
      'Nothing was changed. Restore into another database with target_db_name, or set OVERWRITE_target: it removes them.',
  );
}

function warningsOf({ manifest }: RestorePlan, { version, flavor }: TargetServer): string[] {
  const ofMariadb = /mariadb/i.test(manifest.server.version);
  const isOther = ofMariadb !== (flavor === 'mariadb');
  return [
    ...(isOther
      ? [
          `The backup is of ${manifest.server.version}, and the server is ${version}, of another maker: not everything of one comes back on the other.`,
        ]
      : []),
    ...manifest.incomplete.map(({ what, remedy }) => `The backup lacks ${what}: ${remedy}`),
  ];
}
