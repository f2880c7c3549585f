/** Something that builds an image from a Dockerfile, by the words that begin its build command. */
export interface BuildEngine {
  readonly name: string;
  readonly buildCommand: readonly [string, ...string[]];
}

interface Candidate extends BuildEngine {
  /** Ends with 0 only where the engine works: docker's client, for one, is of no use without its daemon. */
  readonly probe: readonly [string, ...string[]];
}

const CANDIDATES: readonly Candidate[] = [
  { name: 'docker', buildCommand: ['docker', 'build'], probe: ['docker', 'version'] },
  { name: 'podman', buildCommand: ['podman', 'build'], probe: ['podman', 'info'] },
  { name: 'buildah', buildCommand: ['buildah', 'bud'], probe: ['buildah', 'info'] },
];

/**
 * The first of docker, podman and buildah that works here.
 *
 * @param whyNot Runs a command; undefined when it ended well, else the reason.
 * @throws Error that says in one sentence what is needed, and why none of the three will do.
 */
export function findBuildEngine(whyNot: (command: readonly [string, ...string[]]) => string | undefined): BuildEngine {
  const reasons: string[] = [];
  for (const { name, buildCommand, probe } of CANDIDATES) {
    const reason = whyNot(probe);
    if (reason === undefined) return { name, buildCommand };
    reasons.push(`${name} (${reason})`);
  }
  throw new Error(`Building the image needs docker, podman or buildah, and none works here: ${reasons.join(', ')}.`);
}
