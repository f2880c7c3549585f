import { relative } from 'node:path';
import { TestEnvironment } from 'jest-environment-node';
import { LeftOpen } from './src/left-open.mjs';

/** What is about to end when the last hook has run gets this time, in ms: an exit is seen a moment after the kill. */
const GRACE_MS = 2000;

/**
 * Runs a file of tests, and closes what the file leaves open: without that, jest never ends, Nx prints nothing, and the
 * name of the broken file is not known. A file that leaves something open fails, also if all its tests pass.
 */
export default class EndingEnvironment extends TestEnvironment {
  #leftOpen = new LeftOpen();
  #file;
  #failed = false;

  /**
   * @param {import('@jest/environment').JestEnvironmentConfig} config
   * @param {import('@jest/environment').EnvironmentContext} context
   */
  constructor(config, context) {
    super(config, context);
    this.#file = relative(process.cwd(), context.testPath);
  }

  /** @param {{ name: string, test?: { errors: unknown[] } }} event */
  handleTestEvent({ name, test }) {
    if (name === 'hook_failure' || (name === 'test_done' && test !== undefined && test.errors.length > 0)) {
      this.#failed = true;
    }
  }

  /** @override */
  async teardown() {
    const left = await this.#leftOpen.end(GRACE_MS);
    await super.teardown();
    if (left.length === 0) return;
    const message = `${this.#file} leaves open: ${left.join(', ')}. Close it in a hook or in "finally", also when an assertion fails.`;
    // An error here takes the place of the file's results, and the failed assertion matters more.
    if (!this.#failed) throw new Error(message);
    process.stderr.write(`${message}\n`);
  }
}
