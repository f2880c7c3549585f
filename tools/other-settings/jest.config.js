import preset from '../../jest.preset.js';

/** The story builds, synthesizes and runs other stories. */
export default {
  ...preset,
  rootDir: '.',
  testMatch: ['<rootDir>/src/**/*.story.ts'],
  testTimeout: 240_000,
};
