import { SFNClient } from '@aws-sdk/client-sfn';
import { STSClient } from '@aws-sdk/client-sts';
import { startScriptedAwsEndpoint, type ScriptedAnswer, type ScriptedAwsEndpoint } from '@serverless-ops/test-servers';
import { createAwsJobs } from './aws-jobs.ts';
import type { Jobs } from './jobs.ts';

const STATUS = { id: 'j1', state: 'RUNNING' };
const ORDER = { job_name: 'db_backup', job_options: { db_name: 'shop', db_env: 'prod' } } as const;

/** What a workflow behind the API ends with. */
const workflow = (output: object): ScriptedAnswer => ({
  result: { status: 'SUCCEEDED', output: JSON.stringify(output) },
});
const failed = (error: string): ScriptedAnswer => ({ result: { status: 'FAILED', error, cause: 'out of luck' } });

let endpoint: ScriptedAwsEndpoint;
let clients: { sts: STSClient; stepFunctions: SFNClient };

async function jobsThatAnswer(...answers: ScriptedAnswer[]): Promise<Jobs> {
  endpoint = await startScriptedAwsEndpoint(answers);
  const requestHandler = { requestTimeout: 100, throwOnRequestTimeout: true };
  const config = { ...endpoint.clientConfig, maxAttempts: 1, requestHandler };
  clients = { sts: new STSClient(config), stepFunctions: new SFNClient({ ...config, disableHostPrefix: true }) };
  // Whose account this is, is no matter here, and not asked in JSON.
  clients.sts.middlewareStack.add(
    () => () =>
      Promise.resolve({ response: undefined, output: { $metadata: {}, Account: '111111111111', Arn: 'arn:aws:x' } }),
    { step: 'initialize' },
  );
  return createAwsJobs({ ...clients, namePrefix: 'serverlessops', now: () => new Date('2026-11-30T10:15:00Z') });
}

afterEach(async () => {
  clients.sts.destroy();
  clients.stepFunctions.destroy();
  await endpoint.stop();
});

describe('a refusal', () => {
  it.each<[ScriptedAnswer]>([
    [{ error: 'ThrottlingException' }],
    [{ error: 'InternalFailure', status: 500 }],
    [{ fault: 'silence' }],
    [{ result: { status: 'TIMED_OUT' } }],
    [failed('Sfn.SfnException')],
    [workflow({ status: 503, title: 'The service behind the API did not answer', detail: 'Later.' })],
  ])('may pass: %j', async (answer) => {
    const jobs = await jobsThatAnswer(answer, workflow(STATUS));

    await expect(jobs.status('j1')).rejects.toMatchObject({ name: 'AwsRefusedError', mayPass: true });
    expect(await jobs.status('j1')).toEqual(STATUS);
  });

  it.each<[ScriptedAnswer]>([
    [{ error: 'AccessDeniedException' }],
    [failed('States.DataLimitExceeded')],
    [workflow({ status: 404, title: 'There is no such job', detail: 'Check the id.' })],
  ])('stays: %j', async (answer) => {
    const jobs = await jobsThatAnswer(answer);

    await expect(jobs.status('j1')).rejects.toMatchObject({ name: 'AwsRefusedError', mayPass: false });
  });
});

describe('an order', () => {
  it('whose answer is lost says the id, and how to order nothing twice', async () => {
    const jobs = await jobsThatAnswer({ fault: 'silence' });

    await expect(jobs.order(ORDER, 'j1')).rejects.toMatchObject({
      name: 'OrderUnknownError',
      message: expect.stringMatching(
        /The job j1 may have been ordered\..* npx ops watch j1\..* --id j1: it starts nothing twice\.$/,
      ) as string,
    });
  });

  it.each<[ScriptedAnswer]>([
    [{ error: 'AccessDeniedException' }],
    [workflow({ status: 429, title: 'Too many requests', detail: 'Too many jobs are running.' })],
  ])('that is refused is no job: %j', async (answer) => {
    const jobs = await jobsThatAnswer(answer);

    await expect(jobs.order(ORDER, 'j1')).rejects.toMatchObject({ name: 'AwsRefusedError' });
  });
});

it('asks again whose account this is, when that got no answer', async () => {
  const jobs = await jobsThatAnswer(workflow(STATUS));
  let asked = 0;
  clients.sts.middlewareStack.add(
    (next) => (args) =>
      asked++ === 0 ? Promise.reject(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })) : next(args),
    { step: 'initialize', priority: 'high' },
  );

  await expect(jobs.status('j1')).rejects.toMatchObject({ mayPass: true });
  expect(await jobs.status('j1')).toEqual(STATUS);
});
