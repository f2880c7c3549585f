import preset from '../../jest.preset.js';

/** Stories synthesize all over again. */
export default {
  ...preset,
  rootDir: '.',
  testMatch: ['<rootDir>/src/**/*.story.ts'],
  testTimeout: 240_000,
};
