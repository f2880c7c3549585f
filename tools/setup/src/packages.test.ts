import { isInstalled } from './packages.mjs';

const lockOf = (packages: Record<string, object>) => ({ packages });

const LOCKED = lockOf({
  '': { version: '0.0.0' },
  'libs/names': { version: '0.0.0' },
  'node_modules/@serverless-ops/names': {},
  'node_modules/zod': { version: '4.6.7', integrity: 'sha512-a' },
  'node_modules/@esbuild/win32-x64': { version: '0.28.2', integrity: 'sha512-b', optional: true },
});
const INSTALLED = {
  'node_modules/@serverless-ops/names': {},
  'node_modules/zod': { version: '4.6.7', integrity: 'sha512-a' },
};

describe('packages', () => {
  it('are installed when all but optional ones are there in the locked version', () => {
    expect(isInstalled(LOCKED, lockOf(INSTALLED))).toBe(true);
  });

  it('are installed when there are others beside them', () => {
    const more = { ...INSTALLED, 'node_modules/old': { version: '1.0.0', integrity: 'sha512-c' } };

    expect(isInstalled(LOCKED, lockOf(more))).toBe(true);
  });

  it.each<[string, Record<string, object>]>([
    ['one is absent', { 'node_modules/@serverless-ops/names': {} }],
    ['a package of the workspace is not linked', { 'node_modules/zod': INSTALLED['node_modules/zod'] }],
    ['one has another version', { ...INSTALLED, 'node_modules/zod': { version: '4.6.6', integrity: 'sha512-a' } }],
    ['one has other contents', { ...INSTALLED, 'node_modules/zod': { version: '4.6.7', integrity: 'sha512-x' } }],
    [
      'an optional one has another version',
      { ...INSTALLED, 'node_modules/@esbuild/win32-x64': { version: '0.28.1', integrity: 'sha512-b' } },
    ],
  ])('are not installed when %s', (_, installed) => {
    expect(isInstalled(LOCKED, lockOf(installed))).toBe(false);
  });
});
