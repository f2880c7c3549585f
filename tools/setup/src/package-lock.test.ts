import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface LockedPackage {
  resolved?: string;
  link?: boolean;
  optionalDependencies?: Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

const file = join(import.meta.dirname, '../../../package-lock.json');
const { packages } = JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, LockedPackage> };

const places = Object.keys(packages).map((path) => `/${path}`);
const isLocked = (name: string): boolean => places.some((place) => place.endsWith(`/node_modules/${name}`));

describe('package-lock.json', () => {
  it('names the packages of every platform: npm ci refuses a lock file without them on all of them', () => {
    const optional = Object.values(packages).flatMap(({ optionalDependencies = {} }) =>
      Object.keys(optionalDependencies),
    );

    const absent = optional.filter((name) => !isLocked(name));

    expect(absent).toEqual([]);
  });

  it('names no registry: each machine has its own', () => {
    const named = Object.values(packages).filter(({ link, resolved }) => resolved !== undefined && link !== true);

    expect(named).toEqual([]);
  });

  it('has one version of each package that our projects declare, and no range', () => {
    const declared = new Map<string, Set<string>>();
    for (const [path, { dependencies, devDependencies }] of Object.entries(packages)) {
      if (path.includes('node_modules')) continue;
      for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
        declared.set(name, (declared.get(name) ?? new Set()).add(version));
      }
    }

    const loose = [...declared].filter(([, [first = '', ...others]]) => others.length > 0 || !/^\d/.test(first));

    expect(loose.map(([name, versions]) => `${name}: ${[...versions].join(', ')}`)).toEqual([]);
  });
});
