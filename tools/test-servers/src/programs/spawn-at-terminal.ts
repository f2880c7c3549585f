import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A program with a terminal of its own, and a person at it. */
export interface AtTerminal {
  /** `\r` is Enter, `\x03` Ctrl-C. */
  type(keys: string): void;
  /** Everything that the terminal was sent so far. */
  screen(): string;
  /** Resolves once the screen has had the text. */
  shows(text: string): Promise<void>;
  readonly exitCode: Promise<number>;
}

/** Runs Node in a terminal of its own, as `script` makes them. */
export function spawnAtTerminal(words: readonly string[], env: Readonly<Record<string, string>>): AtTerminal {
  // A shell in between would end by a Ctrl-C that the program takes.
  const line = `exec ${[process.execPath, ...words].map((word) => `'${word}'`).join(' ')}`;
  const child = spawn('script', ['--quiet', '--return', '--flush', '--command', line, '/dev/null'], {
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let screen = '';
  let changed = (): void => undefined;
  child.stdout.on('data', (chunk: Buffer) => {
    screen += chunk.toString();
    changed();
  });
  return {
    type: (keys) => void child.stdin.write(keys),
    screen: () => screen,
    shows: async (text) => {
      while (!screen.includes(text)) await new Promise<void>((resolve) => (changed = resolve));
    },
    exitCode: once(child, 'close').then(([code]) => code as number),
  };
}
