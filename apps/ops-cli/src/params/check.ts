import type { Settings } from '@serverless-ops/settings';
import type { OpsParameterStore } from '../parameter-store.ts';
import { shellCommand } from '../shell-command.ts';
import { checkDatabase } from './check-database.ts';
import type { Problem } from './check-group.ts';
import { takeInventory } from './inventory.ts';
import type { ParameterGroup } from './parameter-group.ts';
import type { Selection } from './parameter-roots.ts';
import { findRotatedLogins } from './rotated-logins.ts';

export interface CheckOrder {
  readonly selection: Selection;
  /** Looks into secrets, too. */
  readonly decrypt: boolean;
  /** Words that a command needs besides, to mean the same installation. */
  readonly commandOptions: readonly string[];
}

export interface CheckReport {
  readonly text: string;
  readonly problemCount: number;
}

/** What jobs would trip over in Parameter Store, per database and environment, and the commands that fix it. */
export async function checkParameters(
  order: CheckOrder,
  settings: Settings,
  store: OpsParameterStore,
): Promise<CheckReport> {
  const inventories = await takeInventory(settings, order, store);
  const checked = inventories.map((inventory) => ({
    title: `${inventory.database.dbName}/${inventory.database.dbEnv}`,
    problems: [...checkDatabase(inventory, settings), ...findRotatedLogins(inventory, inventories)],
  }));
  const isUnknown = checked.length === 0 && order.selection.dbName !== undefined;
  const problemCount = checked.reduce((sum, { problems }) => sum + countOf(problems), isUnknown ? 1 : 0);
  const text = [
    ...checked.flatMap(({ title, problems }) => [
      `${title}: ${countOf(problems) === 0 ? 'all well' : counted(countOf(problems), 'problem')}`,
      ...describe(problems, order.commandOptions),
    ]),
    ...(checked.length === 0 ? [nothingKnown(order.selection)] : []),
    ...(order.decrypt
      ? []
      : ['Secrets were not decrypted, so their values were not checked. To check them, add --decrypt.']),
  ];
  return { text: `${text.join('\n')}\n`, problemCount };
}

function nothingKnown({ dbName }: Selection): string {
  const what = dbName === undefined ? 'a database' : `a database ${dbName}`;
  return `Neither settings.yml nor Parameter Store has ${what}. Add it to settings.yml under parameters.databases.`;
}

function countOf(problems: readonly Problem[]): number {
  return problems.filter(({ isNote = false }) => !isNote).length;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Each problem; below them the command that fixes them. */
function describe(problems: readonly Problem[], commandOptions: readonly string[]): string[] {
  const grouped = new Map<string, Problem[]>();
  for (const problem of problems) {
    const key = 'push' in problem.fix ? problem.fix.push.path : problem.path;
    grouped.set(key, [...(grouped.get(key) ?? []), problem]);
  }
  return [...grouped.values()].flatMap((together) => [
    ...together.map(({ path, text, isNote }) => `  ${isNote ? 'note: ' : ''}${path} ${text}`),
    ...fixingCommands(together, commandOptions).map((command) => `    ${command}`),
  ]);
}

function fixingCommands(together: readonly Problem[], commandOptions: readonly string[]): string[] {
  const before: string[] = [];
  const names: string[] = [];
  let group: ParameterGroup | undefined;
  for (const { fix } of together) {
    if ('run' in fix) before.push(fix.run);
    else if ('advice' in fix) before.push(fix.advice);
    else {
      group = fix.push;
      names.push(fix.name);
      if (fix.after !== undefined) before.push(fix.after);
    }
  }
  if (group === undefined) return before;
  const { dbName, dbEnv } = group.database;
  const push = ['npx', 'ops', 'params', 'push', ...commandOptions, dbName, dbEnv, ...names, ...group.options];
  return [...before, shellCommand(push)];
}
