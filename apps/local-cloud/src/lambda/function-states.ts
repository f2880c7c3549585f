import type { LambdaState } from '@serverless-ops/aws-limits';
import { AwsError } from '../endpoint/aws-error.ts';

/** How long a function whose network interfaces come back is `Pending`, in ms. */
const PENDING_MS = 1000;

/** The states of functions: one is active until somebody says that it was idle for weeks. */
export class FunctionStates {
  /** Time at which a function is active again; Infinity until it is invoked. In Unix ms. */
  readonly #activeAgainAt = new Map<string, number>();
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** Makes a function inactive, as Lambda does with a function in a VPC after weeks without a call. */
  makeInactive(functionArn: string): void {
    this.#activeAgainAt.set(functionArn, Infinity);
  }

  stateOf(functionArn: string): LambdaState {
    const at = this.#activeAgainAt.get(functionArn);
    if (at === undefined || at <= this.#now().getTime()) return 'Active';
    return at === Infinity ? 'Inactive' : 'Pending';
  }

  /** Throws what Lambda answers to an invocation of a function that is not active; the first one wakes it up. */
  requireActive(functionArn: string): void {
    const state = this.stateOf(functionArn);
    if (state === 'Active') return;
    if (state === 'Inactive') this.#activeAgainAt.set(functionArn, this.#now().getTime() + PENDING_MS);
    const message =
      'The function is inactive and its VPC connection is no longer available. ' +
      'Wait for the VPC connection to reestablish and try again.';
    throw new AwsError('ResourceNotReadyException', message, 502);
  }
}
