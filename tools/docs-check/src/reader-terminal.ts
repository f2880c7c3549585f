import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

export interface ReaderTerminalOptions {
  /** The folder in which the terminal opens. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** What the reader answers to a question, by the question's first word: `db_pass`. */
  readonly answers: Readonly<Record<string, string>>;
}

/** How long one block may take, in ms. A backup of the sample database takes two seconds. */
const BLOCK_LIMIT_MS = 60_000;

/** Printed after each block, and before the shell ends: two of ASCII's separators, which nothing else prints. */
const BLOCK_END = '\x1e';
const SHELL_END = '\x1f';

/**
 * The shell sources one file after the other, so that variables, functions and the folder last. A command that fails ends
 * it, as does a variable that no block has set. It ends when its last words were read, because a terminal that closes may
 * lose them.
 */
const DRIVER = `set -euo pipefail
trap 'printf "\\037"; until [ -e "$1/seen" ]; do sleep 0.05; done' EXIT
while :; do
  until [ -e "$1/next.sh" ]; do sleep 0.05; done
  mv "$1/next.sh" "$1/block.sh"
  source "$1/block.sh"
  printf '\\036'
done
`;

/**
 * How long the screen shows a question without an answer before the reader gives up, with Ctrl-C, in ms. What looks like a
 * question may be the first half of a line: `ls: `.
 */
const GIVE_UP_MS = 2_000;

/** A question at the end of what the screen shows: `db_pass (hidden): `. */
const QUESTION = /(?:^|\n)(\w+)[^\n:]*: $/;

/** A Bash at a terminal of its own, into which a reader pastes the blocks of one page. */
export class ReaderTerminal {
  readonly #scripts = mkdtempSync(join(tmpdir(), 'docs-check-'));
  readonly #shell: ChildProcessByStdio<Writable, Readable, null>;
  readonly #ended: Promise<unknown>;
  readonly #answers: Readonly<Record<string, string>>;
  #screen = '';
  #answeredUntil = 0;
  #giveUp: NodeJS.Timeout | undefined;
  #sawEnd: (isWell: boolean) => void = () => undefined;

  constructor({ folder, environment, answers }: ReaderTerminalOptions) {
    this.#answers = answers;
    const driver = join(this.#scripts, 'driver.sh');
    writeFileSync(driver, DRIVER);
    const command = `bash '${driver}' '${this.#scripts}'`;
    // Of util-linux: it gives the command a terminal, because some commands ask questions.
    this.#shell = spawn('script', ['--quiet', '--return', '--flush', '--command', command, '/dev/null'], {
      cwd: folder,
      env: environment,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#ended = once(this.#shell, 'close');
    this.#shell.stdout.setEncoding('utf8').on('data', (text: string) => this.#show(text));
  }

  /** Runs a block. Gives undefined, or what the screen shows of a block that failed. */
  async paste(block: string): Promise<string | undefined> {
    this.#screen = '';
    this.#answeredUntil = 0;
    const blockEnd = new Promise<boolean>((resolve) => (this.#sawEnd = resolve));
    const written = join(this.#scripts, 'written.sh');
    writeFileSync(written, block);
    renameSync(written, join(this.#scripts, 'next.sh'));
    const limit = setTimeout(() => this.#shell.kill('SIGKILL'), BLOCK_LIMIT_MS);
    const isWell = await Promise.race([blockEnd, this.#ended.then(() => false)]);
    clearTimeout(limit);
    return isWell ? undefined : this.#screen.replace(SHELL_END, '');
  }

  /** Ends the shell. */
  async close(): Promise<void> {
    if (this.#shell.exitCode === null) await this.paste('exit 0');
    await this.#ended;
    rmSync(this.#scripts, { recursive: true });
  }

  #show(text: string): void {
    clearTimeout(this.#giveUp);
    this.#screen += text.replaceAll('\r', '');
    const isWell = this.#screen.includes(BLOCK_END);
    const hasEnded = this.#screen.includes(SHELL_END);
    if (hasEnded) writeFileSync(join(this.#scripts, 'seen'), '');
    if (isWell || hasEnded) {
      this.#sawEnd(isWell);
      return;
    }
    const question = QUESTION.exec(this.#screen.slice(this.#answeredUntil));
    if (question === null) return;
    const answer = this.#answers[question[1] ?? ''];
    if (answer === undefined) {
      this.#giveUp = setTimeout(() => this.#shell.stdin.write('\x03'), GIVE_UP_MS);
      return;
    }
    this.#answeredUntil = this.#screen.length;
    this.#shell.stdin.write(`${answer}\r`);
  }
}
