import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createProjectGraphAsync } from '@nx/devkit';
import type { WorkspaceCommands } from './named-commands.ts';

/** Asks Nx and package.json what the workspace offers. */
export async function readWorkspaceCommands(workspaceRoot: string): Promise<WorkspaceCommands> {
  const { nodes } = await createProjectGraphAsync({ exitOnError: false });
  const { scripts } = readJson(join(workspaceRoot, 'package.json')) as { scripts: Record<string, string> };
  return {
    targets: new Map(Object.entries(nodes).map(([name, { data }]) => [name, new Set(Object.keys(data.targets ?? {}))])),
    generators: new Set(workspaceGenerators(workspaceRoot)),
    scripts: new Set(Object.keys(scripts)),
  };
}

/** `@serverless-ops/nx:job` for each entry of a generators.json beside a package.json. */
function workspaceGenerators(workspaceRoot: string): string[] {
  return globSync('tools/*/generators.json', { cwd: workspaceRoot }).flatMap((file) => {
    const { generators } = readJson(join(workspaceRoot, file)) as { generators: object };
    const { name } = readJson(join(workspaceRoot, dirname(file), 'package.json')) as { name: string };
    return Object.keys(generators).map((generator) => `${name}:${generator}`);
  });
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
