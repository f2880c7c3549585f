/** Ends a CI run: `node tools/setup/count-results.mjs <exit status of the run>` prints one line and fails if that did. */
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addUp, readResults } from './src/test-results.mjs';

const workspaceRoot = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const { passed, failed, skipped } = addUp(readResults(workspaceRoot), Number(process.argv[2]));
if (skipped > 0) {
  console.log(`${skipped} tests were skipped, and count as failed: a program or a server that they need is missing.`);
}
console.log(`${passed} passed, ${failed} failed`);
// A run in which no test ran has shown nothing.
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
