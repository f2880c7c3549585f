import { quoteIdentifier } from '@serverless-ops/mysql-connect';
import type { Connection } from 'mysql2/promise';
import type { ProgramToCreate } from './program-statements.ts';
import type { Definition } from './show-create.ts';
import { shownLiteral } from './shown-literal.ts';
import { transcode } from './transcode.ts';

/**
 * The program's statement in the one character set that its session speaks, one character for each byte. The server
 * keeps the body in the author's character set, and puts name (MySQL) and comment (both makers) in front of it in UTF-8.
 * It escapes the comment with backslashes, whatever they mean in the session that the program is created in.
 */
export async function recoded(
  session: Connection,
  { sql, characterSetClient = 'utf8mb4', sqlMode = '' }: Definition,
  { name, comment = '' }: ProgramToCreate,
): Promise<string> {
  let text = sql.toString('latin1');
  const isLiteral = /\bNO_BACKSLASH_ESCAPES\b/.test(sqlMode);
  if (characterSetClient.startsWith('utf8') && !isLiteral) return text;
  const literal = `COMMENT '${comment.replaceAll("'", "''")}'`;
  const shown = [`COMMENT '${shownLiteral(comment)}'`, `COMMENT '${shownLiteral(comment).replaceAll("''", "\\'")}'`];
  const parts: [string, string][] = [
    [quoteIdentifier(name), quoteIdentifier(name)],
    ...shown.map((part): [string, string] => [part, isLiteral ? literal : part]),
  ];
  for (const [part, wanted] of parts) {
    const there = await transcode(session, wanted, characterSetClient);
    const here = Buffer.from(part, 'utf8').toString('latin1');
    if (there === undefined || there === here || !text.includes(here)) continue;
    text = text.replace(here, () => there);
    if (part !== parts[0]?.[0]) break;
  }
  return text;
}
