import preset from '../../jest.preset.js';

/** Stories read the synthesized assemblies of every app. */
export default {
  ...preset,
  rootDir: '.',
  testMatch: ['<rootDir>/src/**/*.story.ts'],
  testTimeout: 120_000,
};
