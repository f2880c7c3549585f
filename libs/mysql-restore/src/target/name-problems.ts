import { scanSql, selectRows, unquoted } from '@serverless-ops/mysql-dump';
import type { Connection } from 'mysql2/promise';
import type { RestorePlan } from '../backup/restore-plan.ts';
import type { TargetProblem, TargetServer } from './check-target.ts';
import type { TargetObject } from './target-contents.ts';

interface Named {
  readonly kind: string;
  readonly name: string;
  readonly table: string;
}

/**
 * Names that one table in a database has, and no other can: of triggers, of foreign keys, on MySQL also of checks. A table
 * that was renamed to make room keeps them.
 */
const NAMES = `
  SELECT 'trigger' AS kind, trigger_name AS name, event_object_table AS tableName
  FROM information_schema.triggers WHERE trigger_schema = ?
  UNION ALL
  SELECT LOWER(constraint_type), constraint_name, table_name
  FROM information_schema.table_constraints WHERE table_schema = ? AND constraint_type IN ('FOREIGN KEY', 'CHECK')`;

/** Names that what is restored needs, and that tables have which stay. Of a whole backup nothing stays. */
export async function nameProblems(
  session: Connection,
  plan: RestorePlan,
  { server, database, removed }: { server: TargetServer; database: string; removed: readonly TargetObject[] },
): Promise<TargetProblem[]> {
  if (plan.isWhole) return [];
  const gone = new Set(removed.map(({ name }) => name));
  const rows = await selectRows<{ kind: string; name: string; tableName: string }>(session, NAMES, [
    database,
    database,
  ]);
  const taken = new Map(
    rows
      .filter(({ tableName, kind }) => !gone.has(tableName) && (kind !== 'check' || server.flavor === 'mysql'))
      .map(({ kind, name, tableName }): [string, Named] => [keyOf(kind, name), { kind, name, table: tableName }]),
  );
  const problems = [...new Set(namesNeeded(plan))].flatMap((key) => taken.get(key) ?? []);
  return problems.map(({ kind, name, table }) => ({
    code: 'TargetNotEmpty',
    what:
      `The table ${JSON.stringify(table)} has the ${kind} ${JSON.stringify(name)}, and a table of the backup has one of that name: ` +
      'drop it, or restore into another database with target_db_name.',
  }));
}

/** Both servers compare these names without regard to case. */
function keyOf(kind: string, name: string): string {
  return `${kind} ${name.toLowerCase()}`;
}

function namesNeeded({ tables, programs }: RestorePlan): string[] {
  return [
    ...programs.filter(({ created }) => created.kind === 'TRIGGER').map(({ name }) => keyOf('trigger', name)),
    ...tables.flatMap(({ definition }) => constraintNames(definition.create)),
  ];
}

/** `CONSTRAINT `name` FOREIGN KEY` and `CONSTRAINT `name` CHECK`, as SHOW CREATE TABLE writes them. */
function constraintNames(create: Buffer): string[] {
  const found: string[] = [];
  let [beforeLast, last, lastName] = ['', '', ''];
  for (const token of scanSql(create.toString('latin1'))) {
    if (token.kind === 'space' || token.kind === 'comment') continue;
    const word = token.kind === 'word' ? token.text.toUpperCase() : '';
    if (beforeLast === 'CONSTRAINT' && (word === 'FOREIGN' || word === 'CHECK'))
      found.push(keyOf(word === 'CHECK' ? 'check' : 'foreign key', lastName));
    if (token.kind === 'name') lastName = Buffer.from(unquoted(token), 'latin1').toString('utf8');
    [beforeLast, last] = [last, word];
  }
  return found;
}
