import { AwsError } from '../endpoint/aws-error.ts';

/** A bucket of tokens as AWS throttles with: as many calls at once as it holds, then as many as flow in. */
export class CallRate {
  readonly #capacity: number;
  readonly #perSecond: number;
  readonly #now: () => Date;
  #tokens: number;
  #filledAt: number;

  constructor({ capacity, perSecond, now }: { capacity: number; perSecond: number; now: () => Date }) {
    this.#capacity = capacity;
    this.#perSecond = perSecond;
    this.#now = now;
    this.#tokens = capacity;
    this.#filledAt = now().getTime();
  }

  /** Takes a token. Throws `ThrottlingException` when there is none. */
  take(): void {
    const at = this.#now().getTime();
    const flowed = ((at - this.#filledAt) / 1000) * this.#perSecond;
    this.#tokens = Math.min(this.#capacity, this.#tokens + flowed);
    this.#filledAt = at;
    if (this.#tokens < 1) throw new AwsError('ThrottlingException', 'Rate exceeded');
    this.#tokens -= 1;
  }
}
