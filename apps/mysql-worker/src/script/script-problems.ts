import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What is wrong with the scripts of a folder: line ends that Bash refuses, what `bash -n` cannot read, and what
 * ShellCheck warns of where it is installed. Each problem names its script, and its line where that is known.
 */
export function scriptProblems(folder: string): string[] {
  const scripts = readdirSync(folder).sort();
  return scripts.flatMap((script) => problemsOf(folder, script));
}

function problemsOf(folder: string, script: string): string[] {
  if (readFileSync(join(folder, script), 'utf8').includes('\r')) {
    return [
      `${script} has lines that end in CR and LF, which Bash refuses: check it out again, or run dos2unix on it.`,
    ];
  }
  const unreadable = said('bash', ['-n', script], folder);
  if (unreadable.length > 0) return unreadable;
  return said('shellcheck', ['--shell=bash', '--severity=warning', '--format=gcc', script], folder);
}

/** What a program says of a script; nothing where the program is not installed. */
function said(program: string, args: readonly string[], folder: string): string[] {
  const { error, status, stdout, stderr } = spawnSync(program, args, { cwd: folder, encoding: 'utf8' });
  if (error !== undefined && (error as NodeJS.ErrnoException).code === 'ENOENT') return [];
  if (error !== undefined) throw error;
  return status === 0 ? [] : `${stdout}${stderr}`.trim().split('\n');
}
