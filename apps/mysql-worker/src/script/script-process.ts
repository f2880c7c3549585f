import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { JobError } from '@serverless-ops/job-schemas';

/** How a script ended: its exit code, or the signal that ended it. */
export interface ScriptExit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface ScriptOptions {
  /** Path of the script; it is run by Bash whatever its first line says. */
  file: string;
  args: readonly string[];
  /** `PATH` of the script. */
  path: string;
  /** The rest of the script's environment. Not for secrets. */
  environment: Readonly<Record<string, string>>;
  /** Text the script can read from file descriptor 3: the MySQL option file, password included. */
  optionFile: string | undefined;
  /** Called with each line of standard error as it comes. */
  onErrorLine: (line: string) => void;
}

/** A line longer than this is cut in the log: a failing client may echo a whole statement of row data. */
const MAX_LINE_CHARACTERS = 2_000;

/**
 * A Bash script in a process group of its own, so that stopping it stops everything it started. Standard error is
 * always read, whoever reads standard output and however slowly, so neither stream can block the other.
 */
export class ScriptProcess {
  readonly stdout: Readable;
  /** Settles once the process has ended and both its streams are read to their end. */
  readonly exit: Promise<ScriptExit>;
  readonly #child: ChildProcess;
  #ended = false;

  constructor(options: ScriptOptions) {
    this.#child = spawn('bash', [options.file, ...options.args], {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      env: { PATH: options.path, LC_ALL: 'C.UTF-8', ...options.environment },
    });
    const [, stdout, stderr, descriptor3] = this.#child.stdio as unknown as [null, Readable, Readable, Writable];
    this.stdout = stdout;
    // A script that does not need the option file closes the descriptor unread; that is no error of the job.
    descriptor3.on('error', () => undefined);
    descriptor3.end(options.optionFile ?? '');
    forEachLine(stderr, options.onErrorLine);
    this.exit = new Promise((resolve, reject) => {
      this.#child.once('error', (cause) =>
        reject(new JobError('InternalError', `The script ${options.file} could not be started.`, { cause })),
      );
      this.#child.once('close', (code, signal) => {
        this.#ended = true;
        resolve({ code, signal });
      });
    });
    // Whoever reads `stdout` learns of the failure there first; without this Node would call it unhandled.
    this.exit.catch(() => undefined);
  }

  /** Ends the whole process group at once. A dump has nothing to save, and ECS gives little time. */
  kill(): void {
    if (this.#child.pid === undefined || this.#ended) return;
    try {
      process.kill(-this.#child.pid, 'SIGKILL');
    } catch {
      // The group is gone already.
    }
  }
}

/** Calls back with each line of a stream, long ones cut. */
export function forEachLine(stream: Readable, onLine: (line: string) => void): void {
  const lines = createInterface({ input: stream, crlfDelay: Infinity });
  lines.on('line', (line) =>
    onLine(line.length > MAX_LINE_CHARACTERS ? `${line.slice(0, MAX_LINE_CHARACTERS)}…` : line),
  );
}

/** `exit code 3` or `signal SIGKILL`, for a cause that a person reads. */
export function describeExit(exit: ScriptExit): string {
  return exit.signal === null ? `exit code ${String(exit.code)}` : `signal ${exit.signal}`;
}
