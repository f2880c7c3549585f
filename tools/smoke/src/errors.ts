/** Thrown when a check gets another answer than it must. */
export class CheckFailedError extends Error {
  /**
   * @param why what was found, as a sentence
   * @param next what to do about it, as a sentence
   */
  constructor(why: string, next: string) {
    super(`${why} ${next}`);
    this.name = 'CheckFailedError';
  }
}

/** Thrown when the user ends the program while a check waits. */
export class InterruptedError extends Error {
  constructor() {
    super('Interrupted.');
    this.name = 'InterruptedError';
  }
}
