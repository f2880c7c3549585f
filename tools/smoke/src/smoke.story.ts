import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { GetParametersByPathCommand } from '@aws-sdk/client-ssm';
import { readInstallation, startLocalCloud, type LocalCloud } from '@serverless-ops/test-servers';
import { createAwsClients, type AwsClients } from './aws-clients.ts';
import { CHECKS } from './checks.ts';
import { Leftovers } from './leftovers.ts';
import { runChecks } from './run-checks.ts';
import { Scene, type SceneProps } from './scene.ts';

const WORKSPACE_ROOT = join(import.meta.dirname, '..', '..', '..');
const INSTALLATION = readInstallation(WORKSPACE_ROOT);

let cloud: LocalCloud;
let aws: AwsClients;
let runs = 0;

beforeAll(async () => {
  cloud = await startLocalCloud({ workspaceRoot: WORKSPACE_ROOT });
  aws = createAwsClients(cloud.client);
});

afterAll(() => cloud.stop());

/** The program of `npm run smoke`, with the credentials of the local cloud. */
function startSmoke() {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    env: { ...cloud.environment, PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const output of [child.stdout, child.stderr]) output.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, said }));
  return { child, ended };
}

/** The checks in this process, with something other than it should be; gives the lines, and whether all is well. */
async function smokeWith(otherwise: Partial<SceneProps>): Promise<{ isWell: boolean; lines: string[] }> {
  const lines: string[] = [];
  const scene = new Scene({
    aws,
    namePrefix: INSTALLATION.namePrefix,
    parameterPrefix: INSTALLATION.parameterPrefix,
    run: `smoke-broken-${++runs}`,
    leftovers: new Leftovers(),
    signal: new AbortController().signal,
    ...otherwise,
  });
  const isWell = await runChecks(CHECKS, scene, (line) => lines.push(line));
  return { isWell, lines };
}

/** Parameters that a run of the program has left behind. */
async function parametersLeft(): Promise<string[]> {
  const { Parameters: found = [] } = await aws.ssm.send(
    new GetParametersByPathCommand({ Path: `${INSTALLATION.parameterPrefix}/databases`, Recursive: true }),
  );
  return found.map(({ Name: name = '' }) => name).filter((name) => name.includes('smoke'));
}

async function runningExecutions(): Promise<string[]> {
  const machine = Object.values(cloud.outputs).find((outputs) => 'StateMachineArn' in outputs)?.['StateMachineArn'];
  const { executions = [] } = await aws.sfn.send(
    new ListExecutionsCommand({ stateMachineArn: machine, statusFilter: 'RUNNING' }),
  );
  return executions.map(({ name = '' }) => name);
}

const failedOf = (lines: readonly string[]): string[] => lines.filter((line) => line.startsWith('FAILED'));

describe('npm run smoke', () => {
  it('finds everything well in an installation that is, and leaves nothing behind', async () => {
    const { code, said } = await startSmoke().ended;
    expect(failedOf(said.split('\n'))).toEqual([]);
    expect(said.match(/^ok {6}/gm)).toHaveLength(CHECKS.length);
    expect(said).toContain(`${CHECKS.length} ok, 0 failed, 0 not checked. Nothing is left behind.`);
    expect(code).toBe(0);
    expect(await parametersLeft()).toEqual([]);
    expect(await runningExecutions()).toEqual([]);
  });

  it('removes what it made when it is interrupted, and ends with exit code 1', async () => {
    const { child, ended } = startSmoke();
    // The job is ordered as soon as this line is out.
    child.stdout.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('The API refuses')) child.kill('SIGINT');
    });
    const { code, said } = await ended;
    expect(said).toMatch(/Interrupted: \d+ ok, 0 failed, \d+ not checked\. Nothing is left behind\./);
    expect(code).toBe(1);
    expect(await parametersLeft()).toEqual([]);
    expect(await runningExecutions()).toEqual([]);
  });

  it('says of jobs that they fail when they look for parameters at another prefix', async () => {
    const { isWell, lines } = await smokeWith({ parameterPrefix: '/elsewhere' });
    expect(isWell).toBe(false);
    expect(failedOf(lines)[0]).toMatch(
      /^FAILED {2}A dry run that is ordered over the API succeeds.*: The job smoke-broken-\d+-api ended as FAILED with ParameterMissing: /,
    );
    expect(lines.filter((line) => line.startsWith('ok      A dry run that is started as an ECS task'))).toHaveLength(1);
  });

  it('says of the API that it refuses the key, and goes on with what needs none', async () => {
    const apiGateway = new APIGatewayClient(cloud.client);
    // As if the key in the usage plan were another one than the stack's.
    apiGateway.middlewareStack.add(
      (next) => async (args) => {
        const answer = await next(args);
        Object.assign(answer.output, { value: 'no-longer-valid' });
        return answer;
      },
      { step: 'initialize' },
    );
    const { isWell, lines } = await smokeWith({ aws: { ...aws, apiGateway } });
    expect(isWell).toBe(false);
    expect(failedOf(lines)[1]).toMatch(/ordered over the API succeeds.*: POST \/jobs was refused with 403: .*API key/);
    expect(lines.filter((line) => line.startsWith('ok      A dry run that is started as an exec'))).toHaveLength(1);
  });

  it('says of the log that its group is gone', async () => {
    const logs = new CloudWatchLogsClient(cloud.client);
    // As if somebody had deleted the group: the cloud answers for one that it does not have.
    logs.middlewareStack.add(
      (next) => (args) => {
        Object.assign(args.input, { logGroupName: '/deleted' });
        return next(args);
      },
      { step: 'initialize' },
    );
    const { isWell, lines } = await smokeWith({ aws: { ...aws, logs } });
    expect(isWell).toBe(false);
    expect(failedOf(lines)).toEqual([
      expect.stringMatching(/^FAILED {2}The log of a job can be found by its id: There is no log group .* Create it/),
    ]);
  });

  it('checks nothing else when a stack is missing', async () => {
    const { isWell, lines } = await smokeWith({ namePrefix: 'elsewhere' });
    expect(isWell).toBe(false);
    expect(lines[0]).toMatch(/^FAILED {2}The stacks are deployed: There is no stack elsewhere-foundation in this /);
    expect(lines.at(-1)).toContain(`0 ok, 1 failed, ${CHECKS.length - 1} not checked.`);
  });
});
