import { findBuildEngine } from './build-engine.ts';

/** A machine on which only these programs work. */
const machineWith =
  (...working: string[]) =>
  ([program]: readonly string[]): string | undefined =>
    working.includes(program ?? '') ? undefined : 'not installed';

describe('findBuildEngine', () => {
  it.each([
    ['docker', ['docker', 'podman', 'buildah'], ['docker', 'build']],
    ['podman', ['podman', 'buildah'], ['podman', 'build']],
    ['buildah', ['buildah'], ['buildah', 'bud']],
  ])('takes %s where %j work', (name, working, buildCommand) => {
    expect(findBuildEngine(machineWith(...working))).toEqual({ name, buildCommand });
  });

  it("asks docker's daemon, not only its client", () => {
    const asked: (readonly string[])[] = [];
    findBuildEngine((command) => void asked.push(command));
    expect(asked).toEqual([['docker', 'version']]);
  });

  it('says in one sentence what is needed, and why each will not do', () => {
    const whyNot = ([program]: readonly string[]): string =>
      program === 'docker' ? 'Cannot connect to the Docker daemon' : 'not installed';
    expect(() => findBuildEngine(whyNot)).toThrow(
      new Error(
        'Building the image needs docker, podman or buildah, and none works here: ' +
          'docker (Cannot connect to the Docker daemon), podman (not installed), buildah (not installed).',
      ),
    );
  });
});
