import type { DumpTable } from '../dump-table.ts';
import type { Incompleteness } from './incompleteness.ts';
import type { ServerFlavor } from './server-flavor.ts';
import type { AppliedFilter } from './table-filter.ts';

/** What a database says of whatever is created in it without a word of its own. */
export interface DatabaseDefaults {
  readonly characterSet: string;
  readonly collation: string;
  /** MariaDB's comment of a database; empty where there is none. */
  readonly comment: string;
}

/** A base table. */
export interface InventoryTable {
  readonly name: string;
  readonly engine: string;
  /** Undefined where the definition is all there is to dump: a MERGE table, or rows that are on another server. */
  readonly rows: DumpTable | undefined;
  /** Whether InnoDB may refuse its options or the width of its rows, unless under `innodb_strict_mode = OFF`. */
  readonly isLax: boolean;
}

/** A view. */
export interface InventoryView {
  readonly name: string;
}

export type RoutineKind = 'FUNCTION' | 'PROCEDURE' | 'PACKAGE' | 'PACKAGE BODY' | 'LIBRARY';

/** A stored routine, or what routines are made of: MariaDB's packages, MySQL's libraries. */
export interface InventoryRoutine {
  readonly kind: RoutineKind;
  readonly name: string;
  /** In UTF-8; SHOW CREATE gives it so even where the rest of the definition is in another character set. */
  readonly comment: string;
  /** Whether the server keeps its body from the account. */
  readonly isHidden: boolean;
}

/** A trigger; the inventory has those of a table in the order in which they act. */
export interface InventoryTrigger {
  readonly name: string;
  readonly table: string;
}

export interface InventoryEvent {
  readonly name: string;
  readonly comment: string;
  /** When it was created, as the server's UTC seconds. */
  readonly createdAt: number;
  /** Whether the time of its last execution is over: a server then only creates it in a session of an earlier time. */
  readonly isOver: boolean;
  readonly isEnabled: boolean;
}

/** Everything that a database holds, and what of it a dump cannot carry. */
export interface Inventory {
  /** Its name as the server spells it. */
  readonly database: string;
  readonly flavor: ServerFlavor;
  readonly defaults: DatabaseDefaults;
  readonly tables: readonly InventoryTable[];
  /** MariaDB's sequences. */
  readonly sequences: readonly string[];
  readonly views: readonly InventoryView[];
  readonly routines: readonly InventoryRoutine[];
  readonly triggers: readonly InventoryTrigger[];
  readonly events: readonly InventoryEvent[];
  readonly incomplete: readonly Incompleteness[];
  readonly filter: AppliedFilter;
}

/** The tables whose rows belong into the dump. */
export function dumpTables({ tables }: Pick<Inventory, 'tables'>): DumpTable[] {
  return tables.flatMap(({ rows }) => rows ?? []);
}
