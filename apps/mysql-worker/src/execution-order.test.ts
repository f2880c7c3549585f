import { SFNClient } from '@aws-sdk/client-sfn';
import { startScriptedAwsEndpoint, type ScriptedAnswer, type ScriptedAwsEndpoint } from '@serverless-ops/test-servers';
import { readExecutionOrder } from './execution-order.ts';

const ARN = 'arn:aws:states:eu-central-1:111111111111:execution:serverlessops-mysql-worker:job-1';
const ORDER = { job_name: 'run_script', job_options: { script: 'table_sizes.sh', args: ['漢'.repeat(256)] } };
const DESCRIBED: ScriptedAnswer = { result: { executionArn: ARN, status: 'RUNNING', input: JSON.stringify(ORDER) } };
const NOT_YET: ScriptedAnswer = { error: 'ExecutionDoesNotExist', message: 'Execution Does Not Exist' };

describe('the order of a job, read from its execution', () => {
  let endpoint: ScriptedAwsEndpoint;
  let client: SFNClient;
  let waitsMs: number[];

  afterEach(async () => {
    client.destroy();
    await endpoint.stop();
  });

  async function read(...answers: ScriptedAnswer[]): Promise<unknown> {
    endpoint = await startScriptedAwsEndpoint(answers);
    client = new SFNClient({ ...endpoint.clientConfig, maxAttempts: 1 });
    waitsMs = [];
    const wait = (maxMs: number) => Promise.resolve(waitsMs.push(maxMs));
    return readExecutionOrder({ client, executionArn: ARN, wait });
  }

  it('has the options that the execution was started with', async () => {
    expect(await read(DESCRIBED)).toEqual(ORDER.job_options);
    expect(endpoint.recorded).toEqual([{ operation: 'DescribeExecution', input: { executionArn: ARN } }]);
  });

  it.each<[string, ScriptedAnswer]>([
    ['is not visible yet', NOT_YET],
    ['is one of too many that are asked for', { error: 'ThrottlingException' }],
    ['is asked for when the service has a fault', { error: 'InternalFailure', status: 500 }],
    ['is asked for over a connection that breaks', { fault: 'cut' }],
  ])('is read later when the execution %s', async (_, answer) => {
    expect(await read(answer, answer, DESCRIBED)).toEqual(ORDER.job_options);
    expect(waitsMs).toEqual([500, 1_000]);
  });

  it.each<[string, ScriptedAnswer, string, RegExp]>([
    ['the execution does not come into sight', NOT_YET, 'InvalidRequest', /Correct EXECUTION_ARN, or give/],
    ['too many ask', { error: 'ThrottlingException' }, 'ServiceThrottled', /Order the job again a little later\./],
    ['there is no way to it', { fault: 'cut' }, 'ServiceUnreachable', /subnets of the task reach Step Functions/],
  ])('is given up after half a minute when %s', async (_, answer, code, message) => {
    await expect(read(...Array<ScriptedAnswer>(7).fill(answer))).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message) as string,
    });
    expect(waitsMs).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000]);
  });

  it('is refused at once when the role may not read it', async () => {
    await expect(read({ error: 'AccessDeniedException', message: 'no' })).rejects.toMatchObject({
      code: 'AccessDenied',
      message: expect.stringMatching(/Allow the job's role states:DescribeExecution on the executions/) as string,
    });
    expect(waitsMs).toEqual([]);
  });

  it('is refused at once when it has another form than an order', async () => {
    await expect(read({ error: 'InvalidArn', message: 'Invalid Arn' })).rejects.toMatchObject({
      code: 'InvalidRequest',
      message: expect.stringMatching(/Correct EXECUTION_ARN/) as string,
    });
  });

  it.each(['{"job_name":"db_backup"}', '[]', 'no JSON', undefined])(
    'is refused when the input is %s',
    async (input) => {
      await expect(read({ result: { executionArn: ARN, input } })).rejects.toMatchObject({
        code: 'InvalidRequest',
        message: expect.stringContaining('was started without job_options') as string,
      });
    },
  );
});
