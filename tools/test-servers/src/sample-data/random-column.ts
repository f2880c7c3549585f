import type fc from 'fast-check';

/** A column of a random table: its type, and SQL that gives it a value. */
export interface RandomColumn {
  readonly type: string;
  readonly value: fc.Arbitrary<string>;
  /** How the column is named in a primary key, after its name; undefined for a type that no key can be of. */
  readonly inKey?: string;
}
