import { quoteIdentifier } from '@serverless-ops/mysql-connect';
import type { Connection } from 'mysql2/promise';
import type { ProgramToCreate } from './program-statements.ts';
import type { Definition } from './show-create.ts';
import { transcode } from './transcode.ts';

/**
 * The program's statement in the one character set that its session speaks, one character for each byte. The server
 * keeps the body in the author's character set, and puts name (MySQL) and comment (both makers) in front of it in UTF-8.
 */
export async function recoded(
  session: Connection,
  { sql, characterSetClient = 'utf8mb4' }: Definition,
  { name, comment = '' }: ProgramToCreate,
): Promise<string> {
  let text = sql.toString('latin1');
  if (characterSetClient.startsWith('utf8')) return text;
  const parts = [
    quoteIdentifier(name),
    `COMMENT '${escaped(comment)}'`,
    `COMMENT '${escaped(comment).replaceAll("''", "\\'")}'`,
  ];
  for (const part of parts) {
    const there = await transcode(session, part, characterSetClient);
    const here = Buffer.from(part, 'utf8').toString('latin1');
    if (there !== undefined && there !== here) text = text.replace(here, () => there);
  }
  return text;
}

/** A comment as both makers write it in SHOW CREATE. */
function escaped(comment: string): string {
  return Array.from(comment, (character) => ESCAPES.get(character) ?? character).join('');
}

const ESCAPES = new Map([
  ['\0', '\\0'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\\', '\\\\'],
  ["'", "''"],
  ['\u001a', '\\Z'],
]);
