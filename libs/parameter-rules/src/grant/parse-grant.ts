import type { Grant, GrantedPrivilege, GrantTarget } from './grant.ts';
import { GrantProblem } from './grant-problem.ts';
import { GrantReader } from './grant-reader.ts';
import { isPrivilege, takesColumns } from './privileges.ts';

/** Names, addresses, netmasks and patterns of them. */
const HOST = /^[\w.:%/-]{1,255}$/;

/** Whose grant it is, and where it applies when its text has no ON. */
export interface GrantContext {
  readonly user: string;
  readonly database: string;
}

/**
 * Understands the text of one GRANT for one account, such as `GRANT ALL PRIVILEGES TO 'frank'@'%';`. The text itself
 * never reaches a server. Throws JobError ParameterInvalid for everything that it does not know.
 */
export function parseGrant(text: string, context: GrantContext): Grant {
  const reader = new GrantReader(text);
  reader.expectWord('GRANT');
  const privileges = reader.list(() => readPrivilege(reader));
  const on = reader.takeWord('ON') ? readTarget(reader) : ({ level: 'database', database: context.database } as const);
  reader.expectWord('TO');
  const host = readAccount(reader, context.user);
  const withGrantOption = reader.takeWord('WITH');
  if (withGrantOption) ['GRANT', 'OPTION'].forEach((word) => reader.expectWord(word));
  reader.takeSign(';');
  reader.expectEnd();
  const grant = { privileges, on, host, withGrantOption };
  checkColumns(grant, reader.at);
  return grant;
}

function readPrivilege(reader: GrantReader): GrantedPrivilege {
  const { at } = reader;
  const words: string[] = [];
  while (reader.nextIsWord() && !reader.nextIsWord('ON') && !reader.nextIsWord('TO')) {
    words.push(reader.readWord().toUpperCase());
  }
  const name = words.join(' ');
  if (!isPrivilege(name)) {
    throw new GrantProblem((quote) => `it grants ${name === '' ? reader.describeNext(quote) : quote(name)}`, at);
  }
  if (!reader.takeSign('(')) return { name, columns: [] };
  const columns = reader.list(() => reader.readName());
  reader.expectSign(')');
  return { name, columns };
}

function readTarget(reader: GrantReader): GrantTarget {
  reader.takeWord('TABLE');
  if (reader.takeSign('*')) {
    ['.', '*'].forEach((sign) => reader.expectSign(sign));
    return { level: 'global' };
  }
  const { at } = reader;
  const database = reader.readName();
  reader.expectSign('.');
  if (reader.takeSign('*')) return { level: 'database', database: literalDatabase(database, at) };
  return { level: 'table', database, table: reader.readName() };
}

/** In a GRANT on a database, `_` and `%` are wildcards unless escaped. We grant on one database, so `_` means itself. */
function literalDatabase(written: string, at: number): string {
  if (/(?<!\\)%/.test(written)) {
    throw new GrantProblem(
      (quote) => `it is on ${quote(written)}, a pattern of databases; write \\% for a % in the name of one`,
      at,
    );
  }
  return written.replaceAll(/\\([_%])/g, '$1');
}

function readAccount(reader: GrantReader, user: string): string {
  const { at } = reader;
  const grantee = reader.readAccountPart();
  if (grantee !== user) {
    throw new GrantProblem(
      (quote) => `it is for ${quote(grantee)}, while the request is for ${JSON.stringify(user)}`,
      at,
    );
  }
  const host = reader.takeSign('@') ? reader.readAccountPart() : '%';
  if (!HOST.test(host)) {
    throw new GrantProblem((quote) => `its account is for ${quote(host)}, which is no host`, at);
  }
  // As servers store it.
  return host.toLowerCase();
}

function checkColumns({ privileges, on }: Grant, at: number): void {
  for (const { name, columns } of privileges) {
    if (columns.length > 0 && (on.level !== 'table' || !takesColumns(name))) {
      throw new GrantProblem(
        () => `it names columns for ${name}, which only SELECT, INSERT, UPDATE and REFERENCES on a table may have`,
        at,
      );
    }
  }
}
