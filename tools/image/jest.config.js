import preset from '../../jest.preset.js';

/** One story: an image is built, and containers of it are run. The first time, a Debian has to be made. */
export default {
  ...preset,
  rootDir: '.',
  testMatch: ['<rootDir>/src/**/*.story.ts'],
  testTimeout: 120_000,
  // Also says which tests were skipped.
  verbose: true,
};
