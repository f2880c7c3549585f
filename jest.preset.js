/**
 * What every project's tests have in common. Each project is its own `rootDir`:
 * `jest --config jest.preset.js --rootDir libs/names`.
 */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/**/*.test.ts'],
  transform: { '\\.[cm]?[jt]s$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' } }] },
  // npm packages that ship ES modules only; jest runs CommonJS and so has to compile them.
  transformIgnorePatterns: ['/node_modules/(?!(fauxqs|cookie)/)'],
  moduleNameMapper: { '^fauxqs$': import.meta.dirname + '/node_modules/fauxqs/dist/app.js' },
  setupFilesAfterEnv: [import.meta.dirname + '/tools/setup/fail-on-console.cjs'],
  reporters: ['default', import.meta.dirname + '/tools/setup/test-result-reporter.mjs'],
  // A test that leaves a server or child process behind must be seen, so jest is never told to force its exit.
  forceExit: false,
  testTimeout: 20_000,
};
