/** Longest time a healthy job may go without moving a byte: finishing an upload of 10,000 parts takes minutes. */
const STALL_MS = 10 * 60_000;

/**
 * When something last moved. The heartbeat asks, so that a job which hangs falls silent and its state times out,
 * instead of being kept alive by a timer.
 */
export class Activity {
  readonly #now: () => number;
  #lastMs: number;

  constructor(now: () => number) {
    this.#now = now;
    this.#lastMs = now();
  }

  moved(): void {
    this.#lastMs = this.#now();
  }

  isRecent(): boolean {
    return this.#now() - this.#lastMs < STALL_MS;
  }
}
