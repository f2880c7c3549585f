import { ACCOUNT_KINDS } from '@serverless-ops/names';
import type { OpsParameterStore, ListedParameter } from '../parameter-store.ts';
import { formatTable } from '../table.ts';
import { narrowed, parameterRoots, type Selection } from './parameter-roots.ts';

export interface ListOrder {
  readonly parameterPrefix: string;
  readonly selection: Selection;
  /** For a program instead of a person. */
  readonly json: boolean;
}

/** What is stored: name, type, version, last change, and how an account is registered. No other value. */
export async function listParameters(
  { parameterPrefix, selection, json }: ListOrder,
  store: OpsParameterStore,
): Promise<string> {
  const roots = parameterRoots(parameterPrefix);
  const { users } = roots;
  const paths = Object.values(roots).map((root) => narrowed(root, selection));
  const stored = (await Promise.all(paths.map((path) => store.listBelow(path, { decrypt: false })))).flat();
  if (json) return `${JSON.stringify(stored.map(entryOf), undefined, 2)}\n`;
  if (stored.length === 0) return `Parameter Store has no parameter below ${paths.join(', ')}.\n`;
  const rows = stored.map(entryOf).map((each) => {
    const lastChange = each.last_modified.slice(0, 19).replace('T', ' ');
    return [each.name, each.type, String(each.version), lastChange, each.registered_as ?? ''];
  });
  const title = rows.some((row) => row.at(-1) !== '') ? ['REGISTERED AS'] : [];
  return formatTable([['NAME', 'TYPE', 'VERSION', 'LAST CHANGE (UTC)', ...title], ...rows]);

  function entryOf({ name, type, version, lastModified, value }: ListedParameter) {
    const isRegistration = name.startsWith(`${users}/`) && name.endsWith('/account');
    const kind = isRegistration ? ACCOUNT_KINDS.find((each) => each === value) : undefined;
    return { name, type, version, last_modified: lastModified.toISOString(), ...(kind && { registered_as: kind }) };
  }
}
