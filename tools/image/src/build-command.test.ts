import { buildCommand } from './build-command.ts';

it('names the image after the revision of its source, and hands further options on', () => {
  const command = buildCommand({
    engine: { name: 'podman', buildCommand: ['podman', 'build'] },
    folder: 'dist/bundle',
    name: 'serverless-ops/mysql-worker',
    revision: '3852b651d1ea-dirty',
    options: ['--platform', 'linux/arm64'],
  });
  expect(command.join(' ')).toBe(
    'podman build --tag serverless-ops/mysql-worker:3852b651d1ea-dirty ' +
      '--label org.opencontainers.image.revision=3852b651d1ea-dirty --platform linux/arm64 dist/bundle',
  );
});

it('builds on the base that was chosen, unless an option names another', () => {
  const command = buildCommand({
    engine: { name: 'docker', buildCommand: ['docker', 'build'] },
    folder: 'dist/bundle',
    name: 'serverless-ops/mysql-worker',
    revision: '3852b651d1ea',
    baseImage: 'registry.example/node:24.21.0-bookworm-slim',
    options: ['--build-arg', 'BASE_IMAGE=mine:1'],
  });
  expect(command.join(' ')).toBe(
    'docker build --tag serverless-ops/mysql-worker:3852b651d1ea ' +
      '--label org.opencontainers.image.revision=3852b651d1ea ' +
      '--build-arg BASE_IMAGE=registry.example/node:24.21.0-bookworm-slim --build-arg BASE_IMAGE=mine:1 dist/bundle',
  );
});

it('fetches packages anew for the image revision of the settings', () => {
  const command = buildCommand({
    engine: { name: 'docker', buildCommand: ['docker', 'build'] },
    folder: 'dist/bundle',
    name: 'serverless-ops/mysql-worker',
    revision: '3852b651d1ea',
    imageRevision: '2026-11-25',
    options: [],
  });
  expect(command.join(' ')).toContain(' --build-arg IMAGE_REVISION=2026-11-25 dist/bundle');
});
