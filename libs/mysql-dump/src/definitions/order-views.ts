/** A view and the names of what it reads. */
export interface ViewToOrder {
  readonly name: string;
  readonly reads: readonly string[];
}

/**
 * The views in an order in which each comes after those that it reads. There are no cycles: a view is checked when it is
 * created, and one that was made to read itself by a later change can be neither used nor restored.
 */
export function orderViews<View extends ViewToOrder>(views: readonly View[]): View[] {
  const byName = new Map(views.map((view) => [view.name, view]));
  const ordered = new Set<View>();
  const visit = (view: View, path: ReadonlySet<View>): void => {
    if (path.has(view)) return;
    for (const name of view.reads) {
      const read = byName.get(name);
      if (read !== undefined && !ordered.has(read)) visit(read, new Set([...path, view]));
    }
    ordered.add(view);
  };
  for (const view of views) visit(view, new Set());
  return [...ordered];
}
