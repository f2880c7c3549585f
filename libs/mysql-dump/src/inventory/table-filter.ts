/**
 * Which tables, views and sequences a dump is about. Routines and events are in every dump, triggers with their tables,
 * and a sequence that a table takes numbers from with the table.
 */
export interface TableFilter {
  /** @default all */
  readonly includeTables?: readonly string[];
  /** @default none */
  readonly excludeTables?: readonly string[];
}

/** Whether the filter lets a table through, by its exact name. */
export function passes({ includeTables, excludeTables = [] }: TableFilter, name: string): boolean {
  return (includeTables?.includes(name) ?? true) && !excludeTables.includes(name);
}
