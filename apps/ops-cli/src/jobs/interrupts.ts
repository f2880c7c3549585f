import type { Surroundings } from '../surroundings.ts';

/** Ctrl-C while nobody is asked anything. */
export class Interrupts {
  readonly #sleep: Surroundings['sleep'];
  readonly #off: () => void;
  #count = 0;
  #wake: () => void = () => undefined;

  constructor({ sleep, onInterrupt }: Pick<Surroundings, 'sleep' | 'onInterrupt'>) {
    this.#sleep = sleep;
    this.#off = onInterrupt(() => {
      this.#count++;
      this.#wake();
    });
  }

  /** Waits so long, or less if there was one meanwhile or before; whether there was. */
  async within(ms: number): Promise<boolean> {
    if (this.#count === 0) {
      await Promise.race([this.#sleep(ms), new Promise<void>((resolve) => (this.#wake = resolve))]);
    }
    const had = this.#count > 0;
    this.#count = 0;
    return had;
  }

  end(): void {
    this.#off();
  }
}
