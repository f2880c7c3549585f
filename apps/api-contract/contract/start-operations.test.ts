import fc from 'fast-check';
import { JOB_OPTIONS_SCHEMAS } from '@serverless-ops/job-schemas';
import { AWKWARD_TEXTS } from '../testing/awkward-texts.ts';
import { renderTemplate, type SomeVariables } from '../testing/some-request.ts';
import { requestTemplate, responseTemplate } from '../testing/some-deployment.ts';
import { jobOptionNames } from './job-request-model.ts';

interface StartInput {
  readonly id: string;
  readonly order: string;
  readonly job_name: string;
  readonly self: string;
  readonly request_id: string;
  readonly ordered_at: string;
  readonly job_state_machine: string;
}

const BACKUP = { job_name: 'db_backup', job_options: { db_name: 'classicmodels', db_env: 'demo' } };
const ORDER = '{"job_name":"db_backup","job_options":{"db_name":"classicmodels","db_env":"demo"}}';
const STATES = 'arn:aws:states:eu-central-1:111122223333';
const WORKER = `${STATES}:stateMachine:serverlessops-mysql-worker`;
const START_JOB = `${STATES}:stateMachine:serverlessops-start-job`;

/** What the template asks Step Functions for; the input, a text there, as a value. */
function render(variables: SomeVariables, path: '/jobs' | '/db/backup' = '/jobs') {
  const { input, ...call } = JSON.parse(renderTemplate(requestTemplate(path), variables).text) as {
    input: string;
    stateMachineArn: string;
  };
  return { call, input: JSON.parse(input) as StartInput };
}

const start = (variables: SomeVariables, path: '/jobs' | '/db/backup' = '/jobs'): StartInput =>
  render(variables, path).input;
const scriptWith = (args: readonly string[]) => ({ job_name: 'run_script', job_options: { script: 'a.sh', args } });

describe.each(['/jobs', '/db/backup'] as const)('the request of POST %s', (path) => {
  it('hands the order to the workflow that starts jobs, under an id made of the job and the request', () => {
    expect(render({ body: BACKUP, requestId: '0f0e', path: `/v1${path}` }, path)).toEqual({
      call: { stateMachineArn: START_JOB },
      input: {
        id: 'db_backup-0f0e',
        order: ORDER,
        job_name: 'db_backup',
        self: '/v1/jobs/db_backup-0f0e',
        request_id: '0f0e',
        ordered_at: '1795310689',
        job_state_machine: WORKER,
      },
    });
  });

  it.each(['Idempotency-Key', 'idempotency-key'])('takes the id from the header %s', (header) => {
    expect(start({ body: BACKUP, parameters: { [header]: 'nightly-2026-11-22' } }, path).id).toBe('nightly-2026-11-22');
  });

  it.each([...AWKWARD_TEXTS, 'a b', 'ä', 'a.b', '*', 'a'.repeat(81)])(
    'hands on no id for the Idempotency-Key %j',
    (key) => {
      expect(start({ body: BACKUP, parameters: { 'Idempotency-Key': key } }, path).id).toBe('');
    },
  );

  it('does not trust a request id that the caller chose', () => {
    const requestId = 'x","stateMachineArn":"arn:EVIL';
    expect(render({ body: BACKUP, requestId }, path)).toMatchObject({
      call: { stateMachineArn: START_JOB },
      input: { id: '', order: ORDER, request_id: requestId, job_state_machine: WORKER },
    });
  });

  it('keeps the base path of a custom domain', () => {
    const variables = { body: BACKUP, parameters: { 'Idempotency-Key': 'k' }, path: `/operations${path}/` };
    expect(start(variables, path).self).toBe('/operations/jobs/k');
  });
});

describe('the order as text', () => {
  it.each(AWKWARD_TEXTS)('holds the argument %j as it was sent', (text) => {
    const body = scriptWith([text]);
    expect(JSON.parse(start({ body }).order)).toEqual(body);
  });

  const names = jobOptionNames(JOB_OPTIONS_SCHEMAS);
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...AWKWARD_TEXTS));
  const anyValue = fc.oneof(text, fc.array(text), fc.integer(), fc.boolean());
  const options = fc.dictionary(fc.constantFrom(...names), anyValue, { noNullPrototype: true });

  it('holds every option with any value as it was sent', () => {
    fc.assert(
      fc.property(options, (job_options) => {
        const body = { job_name: 'run_script', job_options };
        const { order, job_state_machine: machine } = start({ body });
        expect(JSON.parse(order)).toEqual(body);
        expect(machine).toBe(WORKER);
      }),
    );
  });

  it('is the same whatever the sequence of the fields', () => {
    fc.assert(
      fc.property(options, fc.infiniteStream(fc.nat()), (job_options, random) => {
        const shuffled = Object.entries(job_options)
          .map((entry) => ({ entry, at: random.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ entry }) => entry);
        const order = start({ body: { job_name: 'run_script', job_options } }).order;
        const again = { job_options: Object.fromEntries(shuffled), job_name: 'run_script' };
        expect(start({ body: again }).order).toBe(order);
      }),
    );
  });

  it('holds the name of the job as it was sent, whatever the model lets through', () => {
    const body = { ...BACKUP, job_name: `O'Brien","input":"{}` };
    expect(JSON.parse(start({ body }).order)).toEqual(body);
    expect(start({ body }).job_name).toBe(body.job_name);
  });

  it('holds nothing but the job and its options', () => {
    const body = { ...BACKUP, stateMachineArn: 'arn:EVIL', requested_by: 'root' };
    expect(start({ body }).order).toBe(ORDER);
  });
});

/** What the workflow that starts jobs ended with. */
const ended = (output: object) => ({ status: 'SUCCEEDED', output: JSON.stringify(output) });
const STARTED = ended({
  id: 'db_backup-1',
  execution_arn: `${STATES}:execution:serverlessops-mysql-worker:db_backup-1`,
  ordered_at: '1795310689',
});

describe('the answer of POST /jobs', () => {
  it('names the job and where to ask for it', () => {
    const { text, headers, status } = renderTemplate(responseTemplate('/jobs'), { body: STARTED });
    expect(JSON.parse(text)).toEqual({
      id: 'db_backup-1',
      state: 'RUNNING',
      links: { self: '/v1/jobs/db_backup-1' },
    });
    expect(headers).toEqual({ Location: '/v1/jobs/db_backup-1' });
    expect(status).toBeUndefined();
  });

  it('keeps the base path of a custom domain', () => {
    const { headers } = renderTemplate(responseTemplate('/jobs'), { body: STARTED, path: '/operations/jobs/' });
    expect(headers).toEqual({ Location: '/operations/jobs/db_backup-1' });
  });
});

describe('the answer of POST /db/backup', () => {
  it('is that of the first version, and the id', () => {
    const { text } = renderTemplate(responseTemplate('/db/backup'), { body: STARTED });
    expect(JSON.parse(text)).toEqual({
      id: 'db_backup-1',
      executionArn: `${STATES}:execution:serverlessops-mysql-worker:db_backup-1`,
      startDate: 1795310689,
    });
  });
});

describe.each(['/jobs', '/db/backup'] as const)('the answer of POST %s', (path) => {
  it('has the status of the problem that the workflow made', () => {
    const problem = { type: 'urn:problem-type:serverless-ops:job-exists', status: 409, detail: AWKWARD_TEXTS.join('') };
    const { text, status, headers } = renderTemplate(responseTemplate(path), { body: ended(problem) });
    expect(JSON.parse(text)).toEqual(problem);
    expect(status).toBe(409);
    expect(headers).toEqual({ 'Content-Type': 'application/problem+json' });
  });

  it.each(['FAILED', 'TIMED_OUT'])('is 503 when the workflow %s', (state) => {
    const { text, status } = renderTemplate(responseTemplate(path), {
      body: { status: state, cause: 'inside' },
    });
    expect(status).toBe(503);
    expect(JSON.parse(text)).toMatchObject({ type: 'urn:problem-type:serverless-ops:unavailable' });
    expect(text).not.toContain('inside');
  });
});

describe.each(['/jobs', '/db/backup'] as const)('a refusal of POST %s by Step Functions', (path) => {
  const refuse = (error: string) => {
    const rendered = renderTemplate(responseTemplate(path, '4\\d{2}'), {
      body: { __type: `com.amazonaws.swf.service.v2.model#${error}`, message: 'not for the caller' },
      path: `/v1${path}`,
      requestId: '0f0e',
    });
    return { status: rendered.status, problem: JSON.parse(rendered.text) as Record<string, unknown> };
  };

  it.each([
    ['InvalidExecutionInput', 413, 'request-too-large'],
    ['ValidationException', 413, 'request-too-large'],
    ['ThrottlingException', 429, 'too-many-requests'],
  ])('answers %s with %d %s', (error, status, name) => {
    const refusal = refuse(error);
    expect(refusal.status).toBe(status);
    expect(refusal.problem).toMatchObject({ type: `urn:problem-type:serverless-ops:${name}`, status });
  });

  it.each(['AccessDeniedException', 'StateMachineDoesNotExist', 'SomethingNew'])(
    'keeps the status 500 of the integration response for %s, which is no fault of the caller',
    (error) => {
      const refusal = refuse(error);
      expect(refusal.status).toBeUndefined();
      expect(refusal.problem).toMatchObject({ type: 'urn:problem-type:serverless-ops:internal-error', status: 500 });
    },
  );
});
