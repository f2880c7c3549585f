/** Entry point of the targets `deploy`, `destroy` and `diff`, and of `npm run deploy`. */
import { join } from 'node:path';
import { createProjectGraphAsync } from '@nx/devkit';
import { loadSettings } from '@serverless-ops/settings';
import { readDeployableAssembly } from './deployable-assembly.ts';
import { assemblyFolder, runCdk } from './cdk-command.ts';
import { customEndpointNotice } from './custom-endpoint.ts';
import { parseCommandLine, type CommandLine } from './command-line.ts';
import { bootstrap, deployChanged } from './deploy-changed.ts';
import { deployProject } from './deploy-project.ts';
import { describeRecord } from './deploy-records.ts';
import { findDeployables, type Deployable } from './deployables.ts';
import { destroyProject } from './destroy-project.ts';
import { connect } from './environment.ts';

const workspaceRoot = join(import.meta.dirname, '../../..');

try {
  process.chdir(workspaceRoot);
  await perform(parseCommandLine(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function perform(asked: CommandLine): Promise<void> {
  const notice = customEndpointNotice(process.env);
  if (notice !== undefined) say(notice);
  const environment = await connect(workspaceRoot, loadSettings('settings.yml'), process.env);
  switch (asked.verb) {
    case 'changed': {
      const deploy = { ...environment, deployables: await readDeployables(), say };
      if (asked.bootstrap) await bootstrap(deploy);
      return deployChanged(deploy);
    }
    case 'deploy': {
      const assembly = readDeployableAssembly(assemblyFolder(asked.projectRoot));
      return deployProject({ ...environment, ...asked, assembly, docker: process.env['CDK_DOCKER'] ?? 'docker' });
    }
    case 'destroy':
      return destroyProject({ ...environment, ...asked, deployables: await readDeployables() });
    case 'diff':
      say(`${asked.project}: ${describeRecord(await environment.records.find(asked.project))}`);
      return runCdk({ ...environment, ...asked }, 'diff', ...asked.args);
  }
}

async function readDeployables(): Promise<Deployable[]> {
  return findDeployables(await createProjectGraphAsync({ exitOnError: false }));
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
