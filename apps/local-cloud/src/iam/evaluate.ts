import { conditionsHold } from './condition.ts';
import type { Permission } from './permission.ts';
import type { Statement } from './policy-document.ts';
import { matchesWildcard } from './wildcard.ts';

export type Decision = 'allowed' | 'explicit-deny' | 'implicit-deny';

/** What policies together say about one permission: any matching Deny wins, then any Allow, else it is refused. */
export function evaluate(statements: readonly Statement[], permission: Permission): Decision {
  const matching = statements.filter((statement) => matches(statement, permission));
  if (matching.some((statement) => statement.effect === 'Deny')) return 'explicit-deny';
  return matching.some((statement) => statement.effect === 'Allow') ? 'allowed' : 'implicit-deny';
}

function matches(statement: Statement, permission: Permission): boolean {
  const matchesAction = (pattern: string): boolean =>
    matchesWildcard(pattern.toLowerCase(), permission.action.toLowerCase());
  const matchesResource = (pattern: string): boolean => matchesWildcard(pattern, permission.resource);
  const applies =
    named(statement.actions, statement.notActions, matchesAction) &&
    named(statement.resources, statement.notResources, matchesResource);
  if (!applies) return false;
  const known = { 'aws:SecureTransport': ['true'], ...permission.conditionKeys };
  return conditionsHold(statement.conditions, known) ?? statement.effect === 'Deny';
}

const named = (included: string[], excluded: string[], matches: (pattern: string) => boolean): boolean =>
  included.some(matches) || (excluded.length > 0 && !excluded.some(matches));
