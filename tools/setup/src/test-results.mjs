import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} TestCounts
 * @typedef {Record<string, string>} TaskStatuses How each task of an Nx run ended, by its id, such as `names:lint`
 */

/** @param {string} root */
const resultsFolder = (root) => join(root, 'dist', 'test-results');

/** @param {string} root */
const taskStatusesFile = (root) => join(resultsFolder(root), 'task-statuses.json');

/**
 * Each target's file is an output of its task, so that Nx restores it together with a cached result.
 *
 * @param {string} root
 * @param {string} project
 * @param {string} target
 * @param {TestCounts} counts
 */
export function writeTestResult(root, project, target, counts) {
  writeJson(join(resultsFolder(root), project, `${target}.json`), counts);
}

/**
 * @param {string} root
 * @param {TaskStatuses} statuses
 */
export function writeTaskStatuses(root, statuses) {
  writeJson(taskStatusesFile(root), statuses);
}

/**
 * @param {string} root
 * @returns {{ tests: Record<string, TestCounts>, tasks: TaskStatuses }} Nothing of what was never written
 */
export function readResults(root) {
  /** @type {Record<string, TestCounts>} */
  const tests = {};
  for (const project of foldersOf(resultsFolder(root))) {
    for (const file of readdirSync(join(resultsFolder(root), project))) {
      tests[`${project}:${file.replace(/\.json$/, '')}`] = readJson(join(resultsFolder(root), project, file));
    }
  }
  return { tests, tasks: readTaskStatuses(root) };
}

/**
 * What a run adds up to: passed and failed tests, and as one failure each every task that failed otherwise. A test that
 * was skipped has shown nothing, and counts as failed. A run that failed with nothing to show for it counts as a failure
 * too.
 *
 * @param {{ tests: Record<string, TestCounts>, tasks: TaskStatuses }} results
 * @param {number} exitStatus Of the whole run
 * @returns {TestCounts}
 */
export function addUp({ tests, tasks }, exitStatus) {
  const counts = Object.values(tests);
  const passed = counts.reduce((sum, count) => sum + count.passed, 0);
  const failedTests = counts.reduce((sum, count) => sum + count.failed, 0);
  const skipped = counts.reduce((sum, count) => sum + count.skipped, 0);
  const otherwise = Object.keys(tasks).filter((id) => tasks[id] === 'failure' && (tests[id]?.failed ?? 0) === 0);
  const failed = failedTests + otherwise.length + skipped;
  return { passed, failed: failed === 0 && exitStatus !== 0 ? 1 : failed, skipped };
}

/**
 * @param {string} root
 * @returns {TaskStatuses}
 */
function readTaskStatuses(root) {
  try {
    return readJson(taskStatusesFile(root));
  } catch {
    return {};
  }
}

/** @param {string} folder */
function foldersOf(folder) {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  } catch {
    return [];
  }
}

/** @param {string} file */
function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/**
 * @param {string} file
 * @param {unknown} value
 */
function writeJson(file, value) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(value));
}
