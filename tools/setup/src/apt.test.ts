import { nameToInstall } from './apt.mjs';

describe('the name of a package', () => {
  it('is its own where apt knows it', () => {
    expect(nameToInstall('zstd', ['zstd', 'zstd-9', ''])).toBe('zstd');
  });

  it('is that of its newest version where apt knows only those', () => {
    const known = ['mariadb-server-core-10.6', 'mariadb-server-core-10.11', 'mariadb-server-core-10.6-dbgsym'];

    expect(nameToInstall('mariadb-server-core', known)).toBe('mariadb-server-core-10.11');
  });

  it('is none where apt knows nothing of it', () => {
    expect(nameToInstall('awscli', ['awscli-local', ''])).toBeUndefined();
  });
});
