/**
 * Which of the database grants of one account a server takes, where the patterns of several match: it takes one and
 * never adds them up. Tests hold each rule against real servers.
 * - `fewest-names`: MariaDB takes the pattern that can match the fewest names.
 * - `longest-prefix`: MySQL takes the pattern with most characters before its first wildcard.
 * - `first-in-order`: MySQL with an active role takes a name without wildcards, or the pattern that sorts first.
 * - `no-patterns`: MySQL with `partial_revokes` has no wildcards.
 */
export type GrantRule = 'fewest-names' | 'longest-prefix' | 'first-in-order' | 'no-patterns';

/** A grant on a database: its name as the server shows it, a pattern with `_`, `%` and backslashes, and its rights. */
export interface DatabaseGrant {
  readonly pattern: string;
  readonly rights: readonly string[];
}

/** Characters that a database's name can have on a server. (MySQL manual, "Identifier Length Limits") */
const MAX_NAME_CHARACTERS = 64;

/**
 * The rights of the grant that the server takes for this database. Which one it takes of two that its rule ranks alike
 * depends on what was granted first, so only what all of them give counts then.
 */
export function decidingRights(grants: readonly DatabaseGrant[], database: string, rule: GrantRule): string[] {
  const matching = grants.filter(({ pattern }) =>
    rule === 'no-patterns' ? pattern === database : matches(pattern, database),
  );
  const [best] = matching.map(({ pattern }) => RANKS[rule](pattern)).sort(byRank);
  if (best === undefined) return [];
  // Rights may come in several lines: those that can be granted on, and those that cannot.
  const taken = Map.groupBy(
    matching.filter(({ pattern }) => byRank(RANKS[rule](pattern), best) === 0),
    ({ pattern }) => pattern,
  );
  const [first = [], ...others] = [...taken.values()].map((lines) => lines.flatMap(({ rights }) => rights));
  const gives = (rights: readonly string[], right: string): boolean =>
    rights.includes(right) || rights.includes('ALL PRIVILEGES');
  return [...new Set([first, ...others].flat())].filter((right) =>
    [first, ...others].every((rights) => gives(rights, right)),
  );
}

/** The lowest is taken; the parts are compared one after the other. */
type Rank = readonly (number | string)[];

const RANKS: Readonly<Record<GrantRule, (pattern: string) => Rank>> = {
  'fewest-names': (pattern) => {
    const { literals, ones, manies, prefix } = partsOf(pattern);
    const free = manies === 0 ? 0 : MAX_NAME_CHARACTERS - literals - ones;
    return free > ones ? [free + 0.5, manies, ones, prefix] : [ones, free, manies, prefix];
  },
  'longest-prefix': (pattern) => {
    const { wildcardAt } = partsOf(pattern);
    if (wildcardAt === -1) return [0];
    return pattern === '%' ? [2] : [1, -wildcardAt];
  },
  'first-in-order': (pattern) => [/[_%]/.test(pattern) ? 1 : 0, Buffer.from(pattern).toString('latin1')],
  'no-patterns': () => [],
};

function byRank(a: Rank, b: Rank): number {
  const at = a.findIndex((part, index) => part !== b[index]);
  if (at === -1) return 0;
  return (a[at] ?? 0) < (b[at] ?? 0) ? -1 : 1;
}

interface PatternParts {
  /** Characters that stand for themselves. */
  readonly literals: number;
  /** How often it has `_`. */
  readonly ones: number;
  /** How often it has `%`; several in a row are one. */
  readonly manies: number;
  /** Characters before the first wildcard; 0 without one. */
  readonly prefix: number;
  /** Where the first wildcard is in the text, backslashes counted; -1 without one. */
  readonly wildcardAt: number;
}

function partsOf(pattern: string): PatternParts {
  const tokens = [...pattern.matchAll(/\\[\s\S]|%+|[\s\S]/gu)];
  const isWildcard = ([token]: RegExpExecArray): boolean => token === '_' || token.startsWith('%');
  const first = tokens.findIndex(isWildcard);
  return {
    literals: tokens.filter((token) => !isWildcard(token)).length,
    ones: tokens.filter(([token]) => token === '_').length,
    manies: tokens.filter(([token]) => token.startsWith('%')).length,
    prefix: Math.max(first, 0),
    wildcardAt: tokens[first]?.index ?? -1,
  };
}

/** Whether the database of a grant, in which `_` and `%` are wildcards unless a backslash escapes them, is this one. */
function matches(pattern: string, database: string): boolean {
  const source = pattern.replaceAll(
    /\\([\\_%])|([_%])|([\s\S])/g,
    (_, escaped?: string, wildcard?: string, other?: string) => {
      if (wildcard !== undefined) return wildcard === '_' ? '[\\s\\S]' : '[\\s\\S]*';
      return (escaped ?? other ?? '').replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
    },
  );
  return new RegExp(`^${source}$`).test(database);
}
