/**
 * What every project's tests have in common. Each project is its own `rootDir`:
 * `jest --config jest.preset.js --rootDir libs/names`.
 */
export default {
  // Closes what a file of tests leaves open, and fails the file: jest is never told to force its exit.
  testEnvironment: import.meta.dirname + '/tools/setup/ending-environment.mjs',
  testMatch: ['<rootDir>/**/*.test.ts'],
  transform: { '\\.[cm]?[jt]s$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' } }] },
  setupFilesAfterEnv: [import.meta.dirname + '/tools/setup/fail-on-console.cjs'],
  reporters: [
    'default',
    import.meta.dirname + '/tools/setup/test-result-reporter.mjs',
    import.meta.dirname + '/tools/setup/end-of-run-reporter.mjs',
  ],
  forceExit: false,
  testTimeout: 20_000,
};
