import { SFNClient } from '@aws-sdk/client-sfn';
import { startScriptedAwsEndpoint, type ScriptedAnswer, type ScriptedAwsEndpoint } from '@serverless-ops/test-servers';
import { listRunningJobs, type RunningJob } from './running-jobs.ts';

const MACHINE = 'arn:aws:states:eu-central-1:111111111111:stateMachine:serverlessops-mysql-worker';
const arnOf = (jobId: string) => `${MACHINE.replace(':stateMachine:', ':execution:')}:${jobId}`;
const execution = (name: string) => ({ executionArn: arnOf(name), name, startDate: 1_796_000_000, status: 'RUNNING' });
const described = (input: string): ScriptedAnswer => ({ result: { input } });
const ORDER = { job_name: 'db_verify', job_options: { db_name: 'shop', db_env: 'demo', backup_id: 'latest', more: 1 } };

let endpoint: ScriptedAwsEndpoint;
let client: SFNClient;

afterEach(async () => {
  client.destroy();
  await endpoint.stop();
});

async function list(...answers: ScriptedAnswer[]): Promise<RunningJob[]> {
  endpoint = await startScriptedAwsEndpoint(answers);
  client = new SFNClient({ ...endpoint.clientConfig, maxAttempts: 1 });
  return listRunningJobs(client, arnOf('prune-1'));
}

describe('the running jobs', () => {
  it('are those of the workflow, on all pages, without the one that asks', async () => {
    const jobs = await list(
      { result: { executions: [execution('prune-1'), execution('verify-1')], nextToken: 'more' } },
      described(JSON.stringify(ORDER)),
      { result: { executions: [execution('verify-2')] } },
      described(JSON.stringify(ORDER)),
    );
    expect(jobs.map(({ jobId }) => jobId)).toEqual(['verify-1', 'verify-2']);
    expect(jobs[0]).toEqual({
      jobId: 'verify-1',
      jobName: 'db_verify',
      startedAt: new Date(1_796_000_000_000),
      options: { db_name: 'shop', db_env: 'demo', backup_id: 'latest' },
    });
    expect(endpoint.recorded[0]).toEqual({
      operation: 'ListExecutions',
      input: { stateMachineArn: MACHINE, statusFilter: 'RUNNING' },
    });
  });

  it.each(['', 'text', '{}', '{"job_name":1}'])('leave out an order that no job can have: %j', async (input) => {
    expect(await list({ result: { executions: [execution('other')] } }, described(input))).toEqual([]);
  });

  it.each<[ScriptedAnswer, string, string]>([
    [{ error: 'AccessDeniedException' }, 'AccessDenied', 'states:ListExecutions'],
    [{ error: 'ThrottlingException' }, 'ServiceThrottled', 'Order the job again'],
    [{ fault: 'cut' }, 'ServiceUnreachable', 'Order the job again'],
  ])('are unknown after %j, and nothing is assumed', async (answer, code, words) => {
    await expect(list(answer)).rejects.toMatchObject({ code, message: expect.stringContaining(words) as string });
  });
});
