/**
 * Runs a command with everything that it needs: `node tools/setup/with-everything.mjs [--for=test] <command...>`.
 *
 * Starts on a machine that has Node 20 and npm and nothing else, so it is plain JavaScript without dependencies.
 */
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseCommandLine } from './src/command-line.mjs';
import { ensurePackages } from './src/packages.mjs';
import { runCommand } from './src/run-command.mjs';
import { settingsAreGood } from './src/settings-are-good.mjs';
import { ensureSystemTools } from './src/system-tools.mjs';

const workspaceRoot = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

try {
  const { purpose, command } = parseCommandLine(process.argv.slice(2));
  ensurePackages(workspaceRoot);
  if (settingsAreGood(workspaceRoot)) {
    ensureSystemTools(purpose);
    runCommand(command, workspaceRoot);
  } else {
    process.exitCode = 1;
  }
} catch (error) {
  console.error(`with-everything: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
