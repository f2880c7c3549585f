/** Items so that each comes after those it needs, otherwise as given. Throws when they need each other in a circle. */
export function topologicalOrder<Item>(items: readonly Item[], needsOf: (item: Item) => readonly Item[]): Item[] {
  const ordered = new Set<Item>();
  const visiting = new Set<Item>();
  const visit = (item: Item): void => {
    if (ordered.has(item)) return;
    if (visiting.has(item)) throw new Error('They depend on each other in a circle.');
    visiting.add(item);
    for (const needed of needsOf(item)) visit(needed);
    ordered.add(item);
  };
  for (const item of items) visit(item);
  return [...ordered];
}
