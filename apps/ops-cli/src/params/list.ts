import type { ParameterStore, StoredParameter } from '../parameter-store.ts';
import { formatTable } from '../table.ts';
import { narrowed, parameterRoots, type Selection } from './parameter-roots.ts';

export interface ListOrder {
  readonly parameterPrefix: string;
  readonly selection: Selection;
  /** For a program instead of a person. */
  readonly json: boolean;
}

/** What is stored: name, type, version, last change. Never a value. */
export async function listParameters(
  { parameterPrefix, selection, json }: ListOrder,
  store: ParameterStore,
): Promise<string> {
  const paths = Object.values(parameterRoots(parameterPrefix)).map((root) => narrowed(root, selection));
  const stored = (await Promise.all(paths.map((path) => store.listBelow(path, { decrypt: false })))).flat();
  if (json) return `${JSON.stringify(stored.map(entryOf), undefined, 2)}\n`;
  if (stored.length === 0) return `Parameter Store holds nothing below ${paths.join(', ')}.\n`;
  const rows = stored
    .map(entryOf)
    .map((each) => [each.name, each.type, String(each.version), each.last_modified.slice(0, 19).replace('T', ' ')]);
  return formatTable([['NAME', 'TYPE', 'VERSION', 'LAST CHANGE (UTC)'], ...rows]);
}

function entryOf({ name, type, version, lastModified }: StoredParameter) {
  return { name, type, version, last_modified: lastModified.toISOString() };
}
