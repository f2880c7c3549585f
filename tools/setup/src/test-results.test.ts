import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addUp, readResults, writeTaskStatuses, writeTestResult } from './test-results.mjs';

const NOTHING = { tests: {}, tasks: {} };

describe('the results of a run', () => {
  it('add up to the tests of all projects', () => {
    const tests = {
      'names:test': { passed: 7, failed: 0, skipped: 0 },
      'demo:e2e': { passed: 2, failed: 1, skipped: 0 },
    };

    expect(addUp({ tests, tasks: { 'names:test': 'success', 'demo:e2e': 'failure' } }, 1)).toEqual({
      passed: 9,
      failed: 1,
      skipped: 0,
    });
  });

  it('count each task that failed without a failed test', () => {
    const tests = { 'names:test': { passed: 7, failed: 0, skipped: 0 } };
    const tasks = {
      'names:test': 'failure',
      'names:lint': 'failure',
      'names:build': 'skipped',
      'demo:lint': 'local-cache',
    };

    expect(addUp({ tests, tasks }, 1)).toEqual({ passed: 7, failed: 2, skipped: 0 });
  });

  it('count a skipped test as failed: it has shown nothing', () => {
    const tests = { 'names:test': { passed: 7, failed: 0, skipped: 2 } };

    expect(addUp({ tests, tasks: { 'names:test': 'success' } }, 0)).toEqual({ passed: 7, failed: 2, skipped: 2 });
  });

  it('count a run that failed before any task as one failure', () => {
    expect(addUp(NOTHING, 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it('are nothing when nothing ran', () => {
    expect(addUp(NOTHING, 0)).toEqual({ passed: 0, failed: 0, skipped: 0 });
  });

  it('are read back as they were written', () => {
    const root = mkdtempSync(join(tmpdir(), 'test-results-'));
    try {
      expect(readResults(root)).toEqual(NOTHING);

      writeTestResult(root, 'names', 'test', { passed: 7, failed: 0, skipped: 0 });
      writeTestResult(root, 'names', 'e2e', { passed: 1, failed: 2, skipped: 0 });
      writeTaskStatuses(root, { 'names:test': 'success' });

      expect(readResults(root)).toEqual({
        tests: {
          'names:test': { passed: 7, failed: 0, skipped: 0 },
          'names:e2e': { passed: 1, failed: 2, skipped: 0 },
        },
        tasks: { 'names:test': 'success' },
      });
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});
