import type { Difference } from '@serverless-ops/test-servers';

/** The facts that make up a kind of thing, by how their names begin. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^rows: /, 'rows'],
  [/^database: /, 'defaults of the database'],
  [/^SEQUENCE: /, 'sequences'],
  [/^(triggers|TRIGGER): /, 'triggers'],
  [/^(routines|parameters|PROCEDURE|FUNCTION|PACKAGE|PACKAGE BODY): /, 'routines'],
  [/^(libraries|LIBRARY): /, 'libraries'],
  [/^(events|EVENT): /, 'events'],
  [/^(views|VIEW): /, 'views'],
];

/** The kinds of things that are not the same, each once, and whether something of the kind is missing. */
export function whatDiffers(differences: readonly Difference[]): string[] {
  // Such as the kind of `columns: v · a: type`: a view or a sequence has columns too, and is named by its own facts.
  const kindOf = ({ what }: Difference): string => KINDS.find(([start]) => start.test(what))?.[1] ?? 'tables';
  const found = Map.groupBy(differences, kindOf);
  const named = found.size > 1 && [...found.keys()].some((kind) => ['views', 'sequences'].includes(kind));
  return [...found]
    .filter(([kind]) => kind !== 'tables' || !named || isOfTables(found.get('tables') ?? []))
    .map(([kind, list]) => (list.every(({ b }) => b === undefined) ? `no ${kind}` : kind));
}

function isOfTables(differences: readonly Difference[]): boolean {
  return differences.some(({ what }) => what.startsWith('TABLE: '));
}
