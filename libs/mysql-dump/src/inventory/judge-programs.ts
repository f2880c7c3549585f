import type { Incompleteness } from './incompleteness.ts';
import type { InventoryEvent, InventoryRoutine } from './inventory.ts';

export interface JudgedPrograms {
  readonly routines: readonly InventoryRoutine[];
  readonly events: readonly InventoryEvent[];
  readonly incomplete: readonly Incompleteness[];
}

/** Leaves out the routines whose bodies the account may not see, and the events that a restore must not start. */
export function judgePrograms(
  routines: readonly InventoryRoutine[],
  events: readonly InventoryEvent[],
): JudgedPrograms {
  const isDue = ({ isOver, isEnabled }: InventoryEvent): boolean => isOver && isEnabled;
  return {
    routines: routines.filter(({ isHidden }) => !isHidden),
    events: events.filter((event) => !isDue(event)),
    incomplete: [
      ...routines
        .filter(({ isHidden }) => isHidden)
        .map(({ kind, name }) => ({
          what: `${kind.toLowerCase()} ${JSON.stringify(name)}`,
          why: 'The account may run it and not see its body.',
          remedy: 'GRANT SHOW_ROUTINE ON *.* (MySQL) or SELECT ON mysql.proc (MariaDB) TO the account.',
        })),
      ...events.filter(isDue).map(({ name }) => ({
        what: `event ${JSON.stringify(name)}`,
        why: 'It is enabled and its time is over: a server drops it when it is created, or runs it at once.',
        remedy: 'Drop or disable it at the source.',
      })),
    ],
  };
}
