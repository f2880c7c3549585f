import type { Settings } from '@serverless-ops/settings';
import type { OpsParameterStore, ListedParameter } from '../parameter-store.ts';
import type { Database } from './parameter-group.ts';
import { narrowed, parameterRoots, type Selection } from './parameter-roots.ts';

/** Last level of a parameter's name to the parameter. */
export type StoredGroup = ReadonlyMap<string, ListedParameter>;

/** What Parameter Store holds of one database in one environment. */
export interface Inventory {
  readonly database: Database;
  readonly settings: StoredGroup;
  readonly admin: StoredGroup;
  /** By the level of the path that names the account. */
  readonly users: ReadonlyMap<string, StoredGroup>;
}

/** Every database that settings.yml or Parameter Store knows, or that was asked for in full, sorted by name. */
export async function takeInventory(
  settings: Pick<Settings, 'parameterPrefix' | 'databases'>,
  { selection, decrypt }: { readonly selection: Selection; readonly decrypt: boolean },
  store: OpsParameterStore,
): Promise<Inventory[]> {
  const roots = parameterRoots(settings.parameterPrefix);
  const read = async (root: string): Promise<Level> => {
    const found = await store.listBelow(narrowed(root, selection), { decrypt });
    return asTree(found.map((each) => [each.name.slice(root.length + 1).split('/'), each]));
  };
  const [databases, admins, users] = await Promise.all([read(roots.databases), read(roots.admins), read(roots.users)]);

  const { dbName, dbEnv } = selection;
  const known = new Map<string, Database>();
  const add = (database: Database): void => void known.set(`${database.dbName}/${database.dbEnv}`, database);
  settings.databases.filter((each) => isSelected(each, selection)).forEach(add);
  for (const root of [databases, admins, users]) {
    for (const [name, environments] of root.below)
      for (const env of environments.below.keys()) add({ dbName: name, dbEnv: env });
  }
  if (dbName !== undefined && dbEnv !== undefined) add({ dbName, dbEnv });

  return [...known.keys()].sort().flatMap((key) => {
    const database = known.get(key);
    if (database === undefined) return [];
    const of = (root: Level): Level => levelAt(root, database);
    const accounts = [...of(users).below].filter(([, level]) => level.parameters.size > 0);
    return [
      {
        database,
        settings: of(databases).parameters,
        admin: of(admins).parameters,
        users: new Map(accounts.map(([level, { parameters }]) => [level, parameters])),
      },
    ];
  });
}

function isSelected(database: Database, { dbName, dbEnv }: Selection): boolean {
  return (dbName ?? database.dbName) === database.dbName && (dbEnv ?? database.dbEnv) === database.dbEnv;
}

/** One level of the paths in Parameter Store. */
interface Level {
  readonly parameters: Map<string, ListedParameter>;
  readonly below: Map<string, Level>;
}

const emptyLevel = (): Level => ({ parameters: new Map(), below: new Map() });

function levelAt(root: Level, { dbName, dbEnv }: Database): Level {
  return root.below.get(dbName)?.below.get(dbEnv) ?? emptyLevel();
}

function asTree(entries: readonly (readonly [readonly string[], ListedParameter])[]): Level {
  const root = emptyLevel();
  for (const [levels, parameter] of entries) {
    let level = root;
    for (const name of levels.slice(0, -1)) {
      const next = level.below.get(name) ?? emptyLevel();
      level.below.set(name, next);
      level = next;
    }
    level.parameters.set(levels.at(-1) ?? '', parameter);
  }
  return root;
}
