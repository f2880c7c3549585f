import preset from '../../jest.preset.js';

/** Stories start servers and wait for them; each tells its own, so they may run beside each other. */
export default {
  ...preset,
  rootDir: '.',
  testMatch: ['<rootDir>/src/**/*.story.ts'],
  testTimeout: 120_000,
};
