import { JobError } from '@serverless-ops/job-schemas';
import { readTriggers } from '@serverless-ops/mysql-dump';
import type { Connection } from 'mysql2/promise';
import { OBJECT_KINDS, type ObjectKind } from '../backup/describe-statement.ts';
import type { RestorePlan } from '../backup/restore-plan.ts';
import type { TargetServer } from '../target/check-target.ts';
import { readContents } from '../target/target-contents.ts';

/**
 * Counts what the database has of each kind. Of a restore of some tables, only those tables and their triggers are counted.
 *
 * @throws JobError RestoreDiffers
 */
export async function compareObjects(
  session: Connection,
  database: string,
  plan: RestorePlan,
  { spelled }: Pick<TargetServer, 'spelled'>,
): Promise<void> {
  const names = new Set(plan.tables.map(({ name }) => spelled(name)));
  const contents = await readContents(session, database);
  const triggers = (await readTriggers(session, database)).map(({ name, table }) => ({
    kind: 'TRIGGER' as const,
    name,
    table,
  }));
  const isOurs = ({ kind, name, table }: { kind: ObjectKind; name: string; table?: string }): boolean =>
    plan.isWhole || (kind === 'TABLE' && names.has(name)) || (kind === 'TRIGGER' && names.has(table ?? ''));
  const found = countsOf([...contents, ...triggers].filter(isOurs));
  const expected = countsOf([
    ...plan.tables.map(({ name }) => ({ kind: 'TABLE' as const, name })),
    ...(plan.isWhole ? plan.sequences : []).map(({ created }) => created),
    ...plan.programs.map(({ created }) => created),
  ]);
  // An event whose time is over is dropped by the server itself.
  const expiring = countsOf(plan.programs.map(({ created }) => created).filter(({ schedule }) => schedule?.mayExpire));
  const different = OBJECT_KINDS.filter((kind) => {
    const missing = (expected.get(kind) ?? 0) - (found.get(kind) ?? 0);
    return missing < 0 || missing > (expiring.get(kind) ?? 0);
  }).map((kind) => `${found.get(kind) ?? 0} of kind ${kind}, and the backup ${expected.get(kind) ?? 0}`);
  if (different.length === 0) return;
  throw new JobError(
    'RestoreDiffers',
    `The restored database "${database}" has ${different.join('; ')}. Another session created or dropped something ` +
      'meanwhile. The database stays marked as not whole. Keep others from it, then order the same job again: it starts clean.',
  );
}

/** A view that others read is made twice. */
function countsOf(objects: readonly { readonly kind: ObjectKind; readonly name: string }[]): Map<ObjectKind, number> {
  const names = Map.groupBy(objects, ({ kind }) => kind);
  return new Map([...names].map(([kind, group]) => [kind, new Set(group.map(({ name }) => name)).size]));
}
