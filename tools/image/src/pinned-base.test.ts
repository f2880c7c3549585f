import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..', '..');

it('has the image run the Node that the tests run', () => {
  const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    devDependencies: { node: string };
  };
  const dockerfile = readFileSync(join(ROOT, 'apps/mysql-worker/Dockerfile'), 'utf8');
  expect(/^ARG BASE_IMAGE=.*:([^-]+)-bookworm-slim$/m.exec(dockerfile)?.[1]).toBe(devDependencies.node);
});
