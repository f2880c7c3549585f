import { jobProgressSchema } from '@serverless-ops/job-schemas';
import { runDefinition, StatesError } from '@serverless-ops/states-language';
import { SOME_DEPLOYMENT } from '../testing/some-deployment.ts';
import { jobStatusDefinition } from './job-status-definition.ts';

const STARTED = '2026-11-22T02:15:30.000Z';
const STOPPED = '2026-11-22T02:16:30.000Z';
const ASKED = { id: 'db_backup-1', self: '/v1/jobs/db_backup-1', request_id: '0f0e' };
const JOB = { id: 'db_backup-1', job_name: 'db_backup', links: { self: '/v1/jobs/db_backup-1' }, started_at: STARTED };
const INPUT = JSON.stringify({ job_name: 'db_backup', job_options: { db_name: 'classicmodels', db_env: 'demo' } });

/** The workflow as it is deployed to some account. */
const DEFINITION = jobStatusDefinition(SOME_DEPLOYMENT);

interface Backend {
  /** What DescribeExecution answers of the worker's state machine beside the start, or the error it throws. */
  readonly execution: object;
  /** The same of the state machine for passwords. @default it has no such execution */
  readonly passwordExecution?: object;
  /** What GetItem answers, or the error it throws. Absent: it must not be called. */
  readonly item?: object;
}

/** Runs the workflow; `calls` are the parameters that the two services got. */
async function ask(backend: Backend, input = ASKED) {
  const { execution, passwordExecution = new StatesError('Sfn.ExecutionDoesNotExistException'), item } = backend;
  const described = { DescribeWorkerExecution: execution, DescribePasswordExecution: passwordExecution };
  const { calls, output, ...run } = await runDefinition(DEFINITION, {
    type: 'EXPRESS',
    input,
    answer({ state }) {
      const answer = state === 'GetProgress' ? item : described[state as keyof typeof described];
      if (answer === undefined) throw new Error('GetItem was called');
      if (answer instanceof StatesError) throw answer;
      return state === 'GetProgress' ? answer : { StartDate: STARTED, Input: INPUT, ...answer };
    },
  });
  return { ...run, body: output, calls: calls.map(({ parameters }) => parameters) };
}

describe('a running job', () => {
  const execution = { Status: 'RUNNING' };

  it('is shown with its progress', async () => {
    const progress = jobProgressSchema.parse({ phase: 'dumping', rows: 5, updated_at: STARTED });
    const { body, calls } = await ask({ execution, item: { Item: { progress: { S: JSON.stringify(progress) } } } });
    expect(body).toEqual({ ...JOB, state: 'RUNNING', progress });
    expect(calls).toEqual([
      {
        ExecutionArn: 'arn:aws:states:eu-central-1:111122223333:execution:serverlessops-mysql-worker:db_backup-1',
      },
      {
        TableName: 'serverlessops-jobs',
        Key: { job_id: { S: 'db_backup-1' } },
        ProjectionExpression: 'progress',
      },
    ]);
  });

  it.each([
    ['before it has made any', {}],
    ['when the table cannot be read', new StatesError('DynamoDB.ProvisionedThroughputExceededException')],
  ])('is shown without progress %s', async (_, item) => {
    expect((await ask({ execution, item })).body).toEqual({ ...JOB, state: 'RUNNING' });
  });
});

describe('a job that ended', () => {
  it('is shown with its result', async () => {
    const result = { status: 'job complete', s3_uri: "s3://b/O'Brien/😀", rows: 7 };
    const { body, calls } = await ask({
      execution: { Status: 'SUCCEEDED', StopDate: STOPPED, Output: JSON.stringify(result) },
    });
    expect(body).toEqual({ ...JOB, state: 'SUCCEEDED', stopped_at: STOPPED, result });
    expect(calls).toHaveLength(1);
  });

  it('is shown with its error', async () => {
    const execution = { Status: 'FAILED', StopDate: STOPPED, Error: 'DumpFailed', Cause: `it's "bad"` };
    expect((await ask({ execution })).body).toEqual({
      ...JOB,
      state: 'FAILED',
      stopped_at: STOPPED,
      error: { code: 'DumpFailed', cause: `it's "bad"` },
    });
  });

  it('is shown with an error that has no cause', async () => {
    const execution = { Status: 'FAILED', StopDate: STOPPED, Error: 'WorkerLost' };
    expect((await ask({ execution })).body).toEqual({
      ...JOB,
      state: 'FAILED',
      stopped_at: STOPPED,
      error: { code: 'WorkerLost' },
    });
  });

  it.each(['TIMED_OUT', 'ABORTED'])('is shown as %s when no reason was given', async (state) => {
    expect((await ask({ execution: { Status: state, StopDate: STOPPED, Output: null, Error: null } })).body).toEqual({
      ...JOB,
      state,
      stopped_at: STOPPED,
    });
  });
});

describe('an execution that was started by hand', () => {
  it('is shown without a job name when its input names none', async () => {
    const { body } = await ask({ execution: { Status: 'ABORTED', StopDate: STOPPED, Input: '{}' } });
    expect(body).toEqual({
      id: 'db_backup-1',
      state: 'ABORTED',
      started_at: STARTED,
      stopped_at: STOPPED,
      links: { self: '/v1/jobs/db_backup-1' },
    });
  });
});

describe('an id', () => {
  it('is looked for in the state machine of each kind of job', async () => {
    const { body, calls } = await ask({
      execution: new StatesError('Sfn.ExecutionDoesNotExistException'),
      passwordExecution: { Status: 'ABORTED', StopDate: STOPPED, Input: '{"job_name":"password_change"}' },
    });
    expect(body).toEqual({ ...JOB, job_name: 'password_change', state: 'ABORTED', stopped_at: STOPPED });
    expect(calls).toEqual([
      { ExecutionArn: 'arn:aws:states:eu-central-1:111122223333:execution:serverlessops-mysql-worker:db_backup-1' },
      { ExecutionArn: 'arn:aws:states:eu-central-1:111122223333:execution:serverlessops-password:db_backup-1' },
    ]);
  });

  it('that does not exist is a problem, after asking twice: the newest executions are not found at once', async () => {
    const { body, calls } = await ask({ execution: new StatesError('Sfn.ExecutionDoesNotExistException') });
    expect(body).toEqual({
      type: 'urn:problem-type:serverless-ops:job-not-found',
      title: 'There is no such job',
      status: 404,
      detail: 'Check the id. The job was never started, or ended more than 90 days ago.',
      instance: 'urn:uuid:0f0e',
    });
    expect(calls).toHaveLength(4);
  });

  it('that is malformed is a problem without asking', async () => {
    const { body, calls } = await ask({ execution: {} }, { ...ASKED, id: '' });
    expect(body).toEqual({
      type: 'urn:problem-type:serverless-ops:invalid-job-id',
      title: 'This is not the id of a job',
      status: 400,
      detail: 'A job id is 1 to 80 letters, digits, "_" and "-".',
      instance: 'urn:uuid:0f0e',
    });
    expect(calls).toEqual([]);
  });
});

describe('Step Functions itself', () => {
  it('fails the workflow when it cannot be asked, for API Gateway to answer', async () => {
    expect(await ask({ execution: new StatesError('Sfn.SfnException') })).toMatchObject({
      status: 'FAILED',
      error: 'Sfn.SfnException',
    });
  });
});
