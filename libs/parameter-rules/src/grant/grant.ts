/** What a GRANT gives, understood: nothing of the text it came from is left in it. */
export interface Grant {
  readonly privileges: readonly GrantedPrivilege[];
  readonly on: GrantTarget;
  /** Host part of the account. */
  readonly host: string;
  readonly withGrantOption: boolean;
}

export interface GrantedPrivilege {
  /** In capitals, one of the names in privileges.ts. */
  readonly name: string;
  /** Columns it is restricted to; none: the whole table. */
  readonly columns: readonly string[];
}

/** What is granted on: everything, one database or one table. Names, never patterns. */
export type GrantTarget =
  | { readonly level: 'global' }
  | { readonly level: 'database'; readonly database: string }
  | { readonly level: 'table'; readonly database: string; readonly table: string };
