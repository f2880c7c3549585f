import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..', '..');

const dockerfile = readFileSync(join(ROOT, 'apps/mysql-worker/Dockerfile'), 'utf8');
const [, base = '', version, digest] = /^ARG BASE_IMAGE=(.*:([^-]+)-bookworm-slim(.*))$/m.exec(dockerfile) ?? [];

describe('the base of the image', () => {
  it('has the Node that the tests run', () => {
    const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      devDependencies: { node: string };
    };
    expect(version).toBe(devDependencies.node);
  });

  it('is pinned by its digest: what a tag leads to changes', () => {
    expect(digest).toMatch(/^@sha256:[0-9a-f]{64}$/);
  });

  it('is named once, so that the page of the image and the Dockerfile cannot differ', () => {
    const page = readFileSync(join(ROOT, 'docs/image.md'), 'utf8');
    expect(page).toContain(base);
  });
});

describe('the packages of the image', () => {
  it('are fetched again for a new image revision', () => {
    const revision = dockerfile.indexOf('\nARG IMAGE_REVISION');
    expect(revision).toBeGreaterThan(0);
    expect(revision).toBeLessThan(dockerfile.indexOf('apt-get update'));
    expect(dockerfile).toContain('apt-get upgrade --yes');
  });
});
