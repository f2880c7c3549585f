import type { ProjectGraph } from '@nx/devkit';
import { UnexpectedContentError } from './errors.ts';

/** In this order: what a wave needs is deployed by those before it. Tags say it, as `wave:foundation`. */
export const WAVES = ['foundation', 'app', 'edge'] as const;

export type Wave = (typeof WAVES)[number];

/** A project with a `deploy` target: it has a `cdk.json`. */
export interface Deployable {
  readonly name: string;
  /** Its folder in the workspace. */
  readonly root: string;
  readonly wave: Wave;
}

/**
 * Everything that is deployed, wave by wave.
 *
 * @throws UnexpectedContentError when a project has no wave, or several: it would silently never be deployed.
 */
export function findDeployables(graph: ProjectGraph): Deployable[] {
  const found = Object.values(graph.nodes)
    .filter(({ data }) => data.targets?.['deploy'] !== undefined)
    .map(({ name, data }): Deployable => {
      const [wave, ...more] = WAVES.filter((each) => data.tags?.includes(`wave:${each}`));
      if (wave === undefined || more.length > 0) {
        const allowed = WAVES.map((each) => `"wave:${each}"`).join(', ');
        throw new UnexpectedContentError(`${name} is deployed, so its tags need exactly one of ${allowed}.`);
      }
      return { name, root: data.root, wave };
    });
  if (found.length === 0) throw new UnexpectedContentError('Nx knows no project with a deploy target.');
  return found.sort((a, b) => WAVES.indexOf(a.wave) - WAVES.indexOf(b.wave) || a.name.localeCompare(b.name));
}
