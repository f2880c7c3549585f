/** Entry point of `npm run smoke`. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { loadSettings } from '@serverless-ops/settings';
import { createAwsClients } from './aws-clients.ts';
import { CHECKS } from './checks.ts';
import { Leftovers } from './leftovers.ts';
import { runChecks } from './run-checks.ts';
import { Scene } from './scene.ts';

const workspaceRoot = join(import.meta.dirname, '..', '..', '..');
const asked = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => asked.abort());

try {
  const [unknown] = process.argv.slice(2);
  if (unknown !== undefined) {
    throw new Error(
      `npm run smoke takes no argument, and got ${JSON.stringify(unknown)}. docs/deploy.md says what it does.`,
    );
  }
  const { region, namePrefix, parameterPrefix } = loadSettings(join(workspaceRoot, 'settings.yml'));
  // A variable that is empty chooses nothing. Without one the AWS profile chooses.
  const chosen = [region, process.env['AWS_REGION'], process.env['AWS_DEFAULT_REGION']].find((each) => each);
  const scene = new Scene({
    aws: createAwsClients({ ...(chosen !== undefined && { region: chosen }) }),
    namePrefix,
    parameterPrefix,
    run: `smoke-${randomBytes(4).toString('hex')}`,
    leftovers: new Leftovers(),
    signal: asked.signal,
  });
  const isWell = await runChecks(CHECKS, scene, (line) => process.stdout.write(`${line}\n`));
  process.exitCode = isWell ? 0 : 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
