import { JobError, type ErrorCode } from '@serverless-ops/job-schemas';
import { describeExit, type ScriptExit } from '../../script/script-process.ts';
import type { DumpInspector } from './dump-inspector.ts';

/** Error numbers of server and client ("Server Error Message Reference", MySQL 9) that mean more than "failed". */
const MEANINGS: readonly { code: ErrorCode; numbers: readonly number[]; advice: string }[] = [
  { code: 'ConnectionLost', numbers: [1053, 1927, 2006, 2013], advice: 'The server went away: look at its log.' },
  { code: 'AccessDenied', numbers: [1044, 1045, 1142, 1227, 1370], advice: 'Grant the user what the message names.' },
  {
    code: 'DatabaseUnreachable',
    numbers: [2002, 2003, 2005],
    advice: "Check host, port and the security group's rules.",
  },
  { code: 'DatabaseNotFound', numbers: [1049], advice: 'Check db_name.' },
];
const UNKNOWN = { code: 'DumpFailed', advice: 'The log of this job has all it said.' } as const;

const ERROR_NUMBER = /(?:Got error: |[Ee]rror:? |ERROR )(\d{4})\b/;

/**
 * A dump is good only if its whole chain ended with 0 and the closing line came last: each alone was seen to lie (a
 * killed dump leaves valid SQL, `--force` writes the closing line after errors).
 * @throws JobError DumpFailed, or what the tool's error number means; `errorLines` are its last words.
 */
export function requireGoodDump(
  exit: ScriptExit,
  inspector: DumpInspector,
  bytes: number,
  errorLines: readonly string[],
): void {
  if (exit.code !== 0) throw failure(exit, errorLines);
  if (bytes === 0) {
    throw new JobError(
      'DumpFailed',
      `The dump script ended with 0 but wrote nothing. ${lastWords(errorLines)}Check the dump script.`,
    );
  }
  if (!inspector.hasClosingLine) {
    throw new JobError(
      'DumpFailed',
      `The dump ended with 0 after ${bytes} bytes but without its closing line "-- Dump completed", so it may be ` +
        `incomplete. ${lastWords(errorLines)}Check the dump script for --skip-comments and for a hidden exit code.`,
    );
  }
}

function failure(exit: ScriptExit, errorLines: readonly string[]): JobError {
  const number = Number(errorLines.map((line) => ERROR_NUMBER.exec(line)?.[1]).find((match) => match !== undefined));
  const { code, advice } = MEANINGS.find(({ numbers }) => numbers.includes(number)) ?? UNKNOWN;
  return new JobError(
    code,
    `The dump ended with ${describeExit(exit)}. ${lastWords(errorLines)}${advice} Nothing was stored.`,
  );
}

function lastWords(errorLines: readonly string[]): string {
  return errorLines.length === 0
    ? 'It wrote nothing to standard error. '
    : `Its last errors: ${errorLines.join(' / ')} `;
}
