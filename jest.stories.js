import preset from './jest.preset.js';

/**
 * What the stories of every project have in common: they start servers and wait for them. Each tells its own, so they
 * may run beside each other: `jest --config jest.stories.js --rootDir tools/e2e`.
 */
export default { ...preset, testMatch: ['<rootDir>/**/*.story.ts'], testTimeout: 120_000 };
