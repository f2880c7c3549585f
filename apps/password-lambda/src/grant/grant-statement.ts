import { grantPattern, quoteAccount, quoteIdentifier } from '@serverless-ops/mysql-connect';
import type { Grant, GrantedPrivilege, GrantTarget } from '@serverless-ops/parameter-rules';

/**
 * The grant as SQL, made anew from what was understood. Without `wildcards`, as under `partial_revokes`, the server
 * takes the name of a database as it is.
 */
export function grantStatement(grant: Grant, user: string, { wildcards }: { wildcards: boolean }): string {
  const option = grant.withGrantOption ? ' WITH GRANT OPTION' : '';
  return `GRANT ${grantedRights(grant, { wildcards })} TO ${quoteAccount(user, grant.host)}${option}`;
}

/** What the grant gives and on what: `SELECT, INSERT ON shop.*`. */
export function grantedRights(grant: Grant, { wildcards }: { wildcards: boolean }): string {
  return `${grant.privileges.map(privilege).join(', ')} ON ${target(grant.on, wildcards)}`;
}

const privilege = ({ name, columns }: GrantedPrivilege): string =>
  columns.length === 0 ? name : `${name} (${columns.map(quoteIdentifier).join(', ')})`;

function target(on: GrantTarget, wildcards: boolean): string {
  switch (on.level) {
    case 'global':
      return '*.*';
    case 'database':
      return `${wildcards ? grantPattern(on.database) : quoteIdentifier(on.database)}.*`;
    case 'table':
      // Wildcards only count in grants on whole databases.
      return `${quoteIdentifier(on.database)}.${quoteIdentifier(on.table)}`;
  }
}
