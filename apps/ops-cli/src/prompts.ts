import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { StoppedError } from './errors.ts';

/** Questions to the person at the terminal. Both throw {@link StoppedError} on Ctrl-C and Ctrl-D. */
export interface Prompts {
  ask(question: string): Promise<string>;
  /** Shows nothing of what is typed, not even how long it is. */
  askHidden(question: string): Promise<string>;
  /** Gives the terminal back as it was. */
  close(): void;
}

/**
 * Takes the terminal over until it is closed. In between it echoes nothing by itself, so that what is typed or pasted
 * ahead of a hidden question is not shown either.
 */
export function openPrompts(input: NodeJS.ReadableStream, output: NodeJS.WritableStream): Prompts {
  let isShown = false;
  const screen = new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (isShown) output.write(chunk);
      done();
    },
  });
  // No history: an arrow key would bring a password back, in clear text.
  // A line break of Windows, pasted over a slow connection, stays one line break.
  const lines = createInterface({ input, output: screen, terminal: true, historySize: 0, crlfDelay: Infinity });
  const typed: string[] = [];
  let isOver = false;
  let wake = (): void => undefined;
  lines.on('line', (line) => {
    if (!isShown) output.write('\n');
    isShown = false;
    typed.push(line);
    wake();
  });
  lines.on('SIGINT', () => lines.close());
  lines.on('close', () => {
    isOver = true;
    wake();
  });

  async function answer(question: string, show: boolean): Promise<string> {
    isShown = true;
    lines.setPrompt(question);
    lines.prompt();
    isShown = show;
    if (typed.length === 0 && !isOver) await new Promise<void>((resolve) => (wake = resolve));
    const line = typed.shift();
    if (line !== undefined) return line;
    output.write('\n');
    throw new StoppedError('Stopped: nothing was written.');
  }

  return {
    ask: (question) => answer(question, true),
    askHidden: (question) => answer(question, false),
    close: () => lines.close(),
  };
}
