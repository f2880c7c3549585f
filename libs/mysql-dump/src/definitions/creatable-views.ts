import type { Incompleteness } from '../inventory/incompleteness.ts';
import type { Inventory } from '../inventory/inventory.ts';

interface ReadingView {
  readonly name: string;
  readonly reads: readonly string[];
  readonly calls: readonly string[];
}

/**
 * Leaves out the views that read or call something of their database that is not in the dump, because it is excluded or
 * the account may not see it, and the views over them: a server creates a view only with what it reads.
 */
export function whatCanBeCreated<View extends ReadingView>(
  views: readonly View[],
  { tables, sequences, routines }: Pick<Inventory, 'tables' | 'sequences' | 'routines'>,
): { creatable: View[]; missing: Incompleteness[] } {
  const functions = new Set(routines.filter(({ kind }) => kind === 'FUNCTION').map(({ name }) => name.toLowerCase()));
  const missing: Incompleteness[] = [];
  let creatable = [...views];
  for (let before = -1; before !== creatable.length;) {
    before = creatable.length;
    const readable = new Set([...tables.map(({ name }) => name), ...sequences, ...creatable.map(({ name }) => name)]);
    creatable = creatable.filter((view) => {
      const gone =
        view.reads.find((name) => !readable.has(name)) ?? view.calls.find((name) => !functions.has(name.toLowerCase()));
      if (gone === undefined) return true;
      missing.push({
        what: `view ${JSON.stringify(view.name)}`,
        why: `It uses ${JSON.stringify(gone)}, which is not in this backup, and no server creates it without.`,
        remedy: 'Back up what it uses too, or exclude the view.',
      });
      return false;
    });
  }
  return { creatable, missing };
}
