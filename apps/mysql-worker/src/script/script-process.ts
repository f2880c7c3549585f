import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { JobError } from '@serverless-ops/job-schemas';
import { killLeftovers, standardStreamsOf, type ScriptMarks } from './leftovers.ts';
import { forEachLine } from './line-reader.ts';
import type { ScriptUser } from './script-user.ts';

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
  /** Whom the script runs as. Undefined: the worker's own user. */
  user: ScriptUser | undefined;
  /** Called with each line of standard error as it comes. */
  onErrorLine: (line: string) => void;
}

/** In the script's environment, with a value of its own for each: by it everything that a script starts is known. */
const MARK = 'SCRIPT_RUN_ID';

/** A process that becomes another program shows no environment for a moment: what was just started is looked for again. */
const LOOK_AGAIN_MS = 50;

/**
 * Waits until its descriptor 4 is closed before it becomes the script: a short script would else have ended before its
 * streams were looked at, and what it left running could no longer be known by them.
 */
const START_WHEN_TOLD = 'read -r <&4; exec bash "$@" 4<&-';

/** How often the streams of a script that has ended are looked at. */
const LOOK_EVERY_MS = 250;
/** Without a byte for so long, nothing more comes from a stream that some process out of reach holds open. */
const LOOKS_WITHOUT_BYTES = 8;

type Streams = [stdin: null, stdout: Socket, stderr: Socket, descriptor3: Writable, descriptor4: Writable];

/**
 * A Bash script in a session of its own. Its own end decides: what it leaves running is killed then. Standard error is
 * always read, also while standard output is read slowly or not at all, so neither stream can block the other.
 */
export class ScriptProcess {
  readonly stdout: Readable;
  /** Settles once the script has ended and both its streams are read to their end. */
  readonly exit: Promise<ScriptExit>;
  readonly #child: ChildProcess;
  readonly #marks: ScriptMarks | undefined;
  #closed = false;

  constructor(options: ScriptOptions) {
    const { user } = options;
    const runId = randomUUID();
    this.#child = spawn('bash', ['-c', START_WHEN_TOLD, 'bash', options.file, ...options.args], {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
      env: { PATH: options.path, LC_ALL: 'C.UTF-8', ...options.environment, [MARK]: runId },
      ...(user && { uid: user.uid, gid: user.gid }),
    });
    const { pid } = this.#child;
    this.#marks = pid === undefined ? undefined : marksOf(pid, runId, user);
    const [, stdout, stderr, descriptor3, descriptor4] = this.#child.stdio as unknown as Streams;
    this.stdout = stdout;
    descriptor4.on('error', () => undefined);
    descriptor4.end();
    // A script that does not need the option file closes the descriptor unread; that is no error of the job.
    descriptor3.on('error', () => undefined);
    descriptor3.end(options.optionFile ?? '');
    forEachLine(stderr, options.onErrorLine);
    this.#child.once('exit', () => {
      this.kill();
      descriptor3.destroy();
      for (const stream of [stdout, stderr]) closeWhenSilent(stream, () => this.kill());
    });
    this.exit = this.#whenClosed(options.file);
    // The reader of `stdout` learns of the failure there first; without this Node would call it unhandled.
    this.exit.catch(() => undefined);
  }

  /** Ends the script and everything it started, at once. A dump has nothing to save, and ECS gives little time. */
  kill(): void {
    if (this.#marks === undefined || this.#closed) return;
    killLeftovers(this.#marks);
  }

  async #whenClosed(file: string): Promise<ScriptExit> {
    try {
      const [code, signal] = (await once(this.#child, 'close')) as [number | null, NodeJS.Signals | null];
      await delay(LOOK_AGAIN_MS);
      this.kill();
      return { code, signal };
    } catch (cause) {
      throw new JobError('InternalError', `The script ${file} could not be started.`, { cause });
    } finally {
      this.#closed = true;
    }
  }
}

function marksOf(pid: number, runId: string, user: ScriptUser | undefined): ScriptMarks {
  return { pid, environmentEntry: `${MARK}=${runId}`, streams: standardStreamsOf(pid), ownUid: user?.uid };
}

/**
 * Closes a stream of a script that has ended when nothing more comes from it. It ends by itself as soon as no process
 * holds its other end, and every one that can be found was killed. One that is not read at the moment has something in
 * its buffer, and stays. `killAgain` is called before each look.
 */
function closeWhenSilent(stream: Socket, killAgain: () => void): void {
  if (stream.closed) return;
  let bytesBefore = stream.bytesRead;
  let silentLooks = 0;
  const timer = setInterval(() => {
    killAgain();
    silentLooks = stream.bytesRead === bytesBefore && stream.readableLength === 0 ? silentLooks + 1 : 0;
    bytesBefore = stream.bytesRead;
    if (silentLooks === LOOKS_WITHOUT_BYTES) stream.destroy();
  }, LOOK_EVERY_MS);
  stream.once('close', () => clearInterval(timer));
}

/** `exit code 3` or `signal SIGKILL`, for a cause that a person reads. */
export function describeExit(exit: ScriptExit): string {
  return exit.signal === null ? `exit code ${String(exit.code)}` : `signal ${exit.signal}`;
}
