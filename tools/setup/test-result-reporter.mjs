import { writeTestResult } from './src/test-results.mjs';

/** Jest reporter: when Nx runs the tests, leaves their counts where `.ci/run` adds them up. */
export default class TestResultReporter {
  /**
   * @param {unknown} _contexts
   * @param {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number,
   *   numRuntimeErrorTestSuites: number }} results
   */
  onRunComplete(
    _contexts,
    { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numRuntimeErrorTestSuites },
  ) {
    const { NX_WORKSPACE_ROOT: root, NX_TASK_TARGET_PROJECT: project, NX_TASK_TARGET_TARGET: target } = process.env;
    if (root === undefined || project === undefined || target === undefined) return;
    // A file of tests that cannot even be loaded has no tests to count: it is one failure.
    writeTestResult(root, project, target, {
      passed: numPassedTests,
      failed: numFailedTests + numRuntimeErrorTestSuites,
      skipped: numPendingTests + numTodoTests,
    });
  }
}
