import fc from 'fast-check';
import { AWKWARD_TEXTS } from '../testing/awkward-texts.ts';
import { renderTemplate, type SomeVariables } from '../testing/some-request.ts';
import { requestTemplate, responseTemplate } from '../testing/some-deployment.ts';

const EXECUTION = 'arn:aws:states:eu-central-1:111122223333:execution:serverlessops-mysql-worker:db_backup-1';

describe('the request of GET /jobs/{id}', () => {
  const ask = (variables: SomeVariables) => {
    const { text } = renderTemplate(requestTemplate('/jobs/{id}'), variables);
    const { input, ...others } = JSON.parse(text) as { input: string; stateMachineArn: string };
    return { input: JSON.parse(input) as Record<string, string>, ...others };
  };

  it('starts the workflow with the id, the path and the id of the request', () => {
    expect(ask({ parameters: { id: 'db_backup-1' }, path: '/v1/jobs/db_backup-1', requestId: '0f0e' })).toEqual({
      input: { id: 'db_backup-1', self: '/v1/jobs/db_backup-1', request_id: '0f0e' },
      stateMachineArn: 'arn:aws:states:eu-central-1:111122223333:stateMachine:serverlessops-job-status',
    });
  });

  it.each([...AWKWARD_TEXTS, '', 'a:b', 'a b', 'a'.repeat(81)])('passes no malformed id on: %j', (id) => {
    expect(ask({ parameters: { id } }).input['id']).toBe('');
  });

  it('passes any path and any id of a request on as they are, and lets neither add a key', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...AWKWARD_TEXTS));
    fc.assert(
      fc.property(text, text, (path, requestId) => {
        expect(ask({ parameters: { id: 'a' }, path, requestId })).toEqual({
          input: { id: 'a', self: path, request_id: requestId },
          stateMachineArn: 'arn:aws:states:eu-central-1:111122223333:stateMachine:serverlessops-job-status',
        });
      }),
    );
  });
});

describe('the answer of GET /jobs/{id}', () => {
  const answer = (body: object) => renderTemplate(responseTemplate('/jobs/{id}'), { body, requestId: '0f0e' });

  it('is what the workflow made', () => {
    const job = { id: 'a', state: 'SUCCEEDED', result: { status: 'job complete', last_lines: AWKWARD_TEXTS } };
    const { text, status, headers } = answer({ status: 'SUCCEEDED', output: JSON.stringify(job) });
    expect(JSON.parse(text)).toEqual(job);
    expect(status).toBeUndefined();
    expect(headers).toEqual({});
  });

  it('has the status of the problem that the workflow made', () => {
    const problem = { type: 'urn:problem-type:serverless-ops:job-not-found', status: 404 };
    const { text, status, headers } = answer({ status: 'SUCCEEDED', output: JSON.stringify(problem) });
    expect(JSON.parse(text)).toEqual(problem);
    expect(status).toBe(404);
    expect(headers).toEqual({ 'Content-Type': 'application/problem+json' });
  });

  it('says of a job that is too large to be shown that it is', () => {
    const { text, status, headers } = answer({ status: 'FAILED', error: 'States.DataLimitExceeded', cause: 'inside' });
    expect(status).toBe(500);
    expect(headers).toEqual({ 'Content-Type': 'application/problem+json' });
    expect(JSON.parse(text)).toMatchObject({ type: 'urn:problem-type:serverless-ops:job-too-large', status: 500 });
  });

  it.each(['FAILED', 'TIMED_OUT'])('is 503 when the workflow %s', (state) => {
    const { text, status, headers } = answer({ status: state, error: 'States.Runtime', cause: 'inside' });
    expect(status).toBe(503);
    expect(headers).toEqual({ 'Content-Type': 'application/problem+json' });
    expect(JSON.parse(text)).toMatchObject({ status: 503, instance: 'urn:uuid:0f0e' });
    expect(text).not.toContain('inside');
  });
});

describe('the request of POST /db/backup/status', () => {
  const ask = (executionArn: string): unknown =>
    JSON.parse(renderTemplate(requestTemplate('/db/backup/status'), { body: { executionArn } }).text);

  it('asks for the execution', () => {
    expect(ask(EXECUTION)).toEqual({ executionArn: EXECUTION });
  });

  it("never asks for an execution of somebody else's state machine", () => {
    expect(ask('arn:aws:states:us-east-1:999999999999:execution:theirs:db_backup-1')).toEqual({
      executionArn: EXECUTION,
    });
  });

  it.each(AWKWARD_TEXTS)('asks for what Step Functions refuses when the name is %j', (name) => {
    expect(ask(`arn:aws:states:eu-central-1:111122223333:execution:theirs:${name.replaceAll(':', '')}`)).toEqual({
      executionArn: 'arn:aws:states:eu-central-1:111122223333:execution:serverlessops-mysql-worker:*',
    });
  });
});

describe('the answer of POST /db/backup/status', () => {
  const answer = (body: object): unknown =>
    JSON.parse(renderTemplate(responseTemplate('/db/backup/status'), { body }).text);
  const running = { executionArn: EXECUTION, name: 'db_backup-1', startDate: 1.795310689812e9, status: 'RUNNING' };

  it('is that of the first version, and the id', () => {
    const output = '{"status":"job complete","s3_uri":"s3://b/O\'Brien"}';
    expect(answer({ ...running, status: 'SUCCEEDED', stopDate: 1795310699, output, input: '{}' })).toEqual({
      id: 'db_backup-1',
      status: {
        executionArn: EXECUTION,
        output,
        startDate: 1795310689.812,
        status: 'SUCCEEDED',
        stopDate: 1795310699,
      },
    });
  });

  it('leaves out what a running execution has not got yet', () => {
    expect(answer({ ...running, output: null, stopDate: null, error: null, cause: null })).toEqual({
      id: 'db_backup-1',
      status: { executionArn: EXECUTION, startDate: 1795310689.812, status: 'RUNNING' },
    });
  });

  it('says why an execution failed', () => {
    expect(answer({ ...running, status: 'FAILED', stopDate: 1, error: 'DumpFailed', cause: `it's "bad"` })).toEqual({
      id: 'db_backup-1',
      status: {
        executionArn: EXECUTION,
        startDate: 1795310689.812,
        stopDate: 1,
        status: 'FAILED',
        error: 'DumpFailed',
        cause: `it's "bad"`,
      },
    });
  });

  it.each([
    ['ExecutionDoesNotExist', 404, 'job-not-found'],
    ['InvalidArn', 400, 'invalid-job-id'],
    ['ThrottlingException', 429, 'too-many-requests'],
  ])('to %s is %d %s', (error, status, name) => {
    const refusal = renderTemplate(responseTemplate('/db/backup/status', '4\\d{2}'), {
      body: { __type: error },
    });
    expect(refusal.status).toBe(status);
    expect(JSON.parse(refusal.text)).toMatchObject({ type: `urn:problem-type:serverless-ops:${name}`, status });
  });
});
