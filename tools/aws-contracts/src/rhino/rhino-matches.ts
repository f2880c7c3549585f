import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A pattern and a text. */
export type PatternCase = readonly [pattern: string, text: string];

/**
 * Whether each pattern finds something in its text, in Rhino: the engine that runs patterns in the Java validator whose
 * messages API Gateway answers with.
 *
 * @throws Error when there is no program `rhino`, or when it takes a pattern for none.
 */
export function rhinoMatches(cases: readonly PatternCase[]): boolean[] {
  const folder = mkdtempSync(join(tmpdir(), 'aws-contracts-'));
  try {
    const file = join(folder, 'cases.json');
    // Rhino reads files in the character set of the machine, so nothing beyond ASCII goes in.
    writeFileSync(file, JSON.stringify(cases).replaceAll(/[\u007f-\uffff]/g, asEscape));
    const answer = execFileSync('rhino', [join(import.meta.dirname, 'matches.js'), file], { encoding: 'utf8' });
    return JSON.parse(answer) as boolean[];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function asEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
