import type { WriteStream } from 'node:tty';

const WIDTH = 40;

/** Shows how far something is: a bar that redraws itself on a terminal, a plain line for each tenth elsewhere. */
export class ProgressBar {
  readonly #out: WriteStream;
  #shownTenth = -1;

  constructor(out: WriteStream) {
    this.#out = out;
  }

  /** `share` from 0 to 1, more counts as 1. */
  show(share: number, text: string): void {
    const bounded = Math.min(1, Math.max(0, share));
    const percent = `${Math.round(bounded * 100)} %`.padStart(5);
    if (this.#out.isTTY) {
      const done = '█'.repeat(Math.round(bounded * WIDTH)).padEnd(WIDTH, '░');
      this.#out.write(`\r  ${done} ${percent}  ${text}\x1b[K`);
      return;
    }
    const tenth = Math.floor(bounded * 10);
    if (tenth === this.#shownTenth) return;
    this.#shownTenth = tenth;
    this.#out.write(`  ${percent}  ${text}\n`);
  }

  end(): void {
    if (this.#out.isTTY) this.#out.write('\n');
  }
}
