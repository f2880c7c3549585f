import { setTimeout } from 'node:timers';

/** What jest has to end in after its last test, in ms. */
const GRACE_MS = 5000;

/**
 * Jest reporter: ends a run that something keeps alive which `ending-environment.mjs` cannot close, as a timer or a
 * thread, with exit code 1. Jest's own `forceExit` would end it too, but as a success.
 */
export default class EndOfRunReporter {
  /** @param {unknown} _contexts @param {{ testResults: { testFilePath: string }[] }} results */
  onRunComplete(_contexts, { testResults }) {
    const timer = setTimeout(() => {
      const open = [...new Set(process.getActiveResourcesInfo())].join(', ');
      const files = testResults.map(({ testFilePath }) => testFilePath).join('\n  ');
      process.stderr.write(`The run does not end: one of these files leaves something open (${open}):\n  ${files}\n`);
      process.exit(1);
    }, GRACE_MS);
    // A run that ends by itself does not wait for this.
    timer.unref();
  }
}
