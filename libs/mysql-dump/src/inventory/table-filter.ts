/** Which tables a dump is about. */
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
