import preset from './jest.preset.js';

/** Lets `npx jest libs/names` run the tests of any folder or file; Nx runs each project's tests by themselves. */
export default { ...preset, rootDir: '.', modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/tmp/'] };
