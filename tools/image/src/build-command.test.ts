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
