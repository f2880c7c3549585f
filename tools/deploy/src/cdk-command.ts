import { join, relative } from 'node:path';
import type { Programs } from './programs.ts';

/** The folder of a project's assembly, in the workspace. */
export function assemblyFolder(projectRoot: string): string {
  return join('dist', projectRoot, 'cdk.out');
}

/** Runs the CDK CLI on the assembly that was synthesized, with the project's `cdk.json`. */
export async function runCdk(
  { programs, projectRoot }: { programs: Programs; projectRoot: string },
  verb: 'bootstrap' | 'deploy' | 'destroy' | 'diff',
  ...args: readonly string[]
): Promise<void> {
  const app = relative(projectRoot, assemblyFolder(projectRoot));
  await programs.run(['cdk', verb, '--app', app, ...args], { cwd: projectRoot });
}
