import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createProjectGraphAsync } from '@nx/devkit';
import type { WorkspaceCommands } from './named-commands.ts';

/** Asks Nx and package.json what the workspace offers. */
export async function readWorkspaceCommands(workspaceRoot: string): Promise<WorkspaceCommands> {
  const { nodes } = await createProjectGraphAsync({ exitOnError: false });
  const { scripts } = JSON.parse(readFileSync(join(workspaceRoot, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  return {
    targets: new Map(Object.entries(nodes).map(([name, { data }]) => [name, new Set(Object.keys(data.targets ?? {}))])),
    scripts: new Set(Object.keys(scripts)),
  };
}
