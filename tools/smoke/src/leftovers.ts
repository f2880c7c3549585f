/** Something that a check makes and that must not stay. */
export interface Leftover {
  /** What it is, with its name. */
  readonly what: string;
  /** Removes it. Does nothing when it was never made or is gone. */
  remove(): Promise<void>;
}

/** Everything to remove at the end. A check adds a thing before it makes it, so that an interruption leaves nothing. */
export class Leftovers {
  readonly #items: Leftover[] = [];

  add(leftover: Leftover): void {
    this.#items.push(leftover);
  }

  /**
   * Removes the newest first, and goes on after a failure.
   *
   * @returns what could not be removed, and why
   */
  async removeAll(): Promise<{ readonly what: string; readonly error: unknown }[]> {
    const failures: { what: string; error: unknown }[] = [];
    for (const leftover of this.#items.splice(0).reverse()) {
      try {
        await leftover.remove();
      } catch (error) {
        failures.push({ what: leftover.what, error });
      }
    }
    return failures;
  }
}
