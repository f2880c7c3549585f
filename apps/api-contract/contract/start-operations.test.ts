import fc from 'fast-check';
import { AWKWARD_TEXTS } from '../testing/awkward-texts.ts';
import type { GatewayVariables } from '../testing/gateway-variables.ts';
import { renderMappingTemplate } from '../testing/render-mapping-template.ts';
import { requestTemplate, responseTemplate } from '../testing/some-deployment.ts';

interface StartExecution {
  readonly input: string;
  readonly name: string;
  readonly stateMachineArn: string;
}

const BACKUP = { job_name: 'db_backup', job_options: { db_name: 'classicmodels', db_env: 'demo' } };
const WORKER = 'arn:aws:states:eu-central-1:111122223333:stateMachine:serverlessops-mysql-worker';
const STARTED = {
  executionArn: 'arn:aws:states:eu-central-1:111122223333:execution:serverlessops-mysql-worker:db_backup-1',
  startDate: 1.795310689812e9,
};

function start(variables: GatewayVariables, path: '/jobs' | '/db/backup' = '/jobs'): StartExecution {
  return JSON.parse(renderMappingTemplate(requestTemplate(path), variables).text) as StartExecution;
}

const scriptWith = (args: readonly string[]) => ({ job_name: 'run_script', job_options: { script: 'a.sh', args } });

describe.each(['/jobs', '/db/backup'] as const)('the request of POST %s', (path) => {
  it('starts the state machine of the job, named after the job and the request', () => {
    expect(start({ body: BACKUP, requestId: '0f0e' }, path)).toEqual({
      input: '{"job_name":"db_backup","job_options":{"db_name":"classicmodels","db_env":"demo"}}',
      name: 'db_backup-0f0e',
      stateMachineArn: WORKER,
    });
  });

  it.each(['Idempotency-Key', 'idempotency-key'])('takes the name from the header %s', (header) => {
    expect(start({ body: BACKUP, parameters: { [header]: 'nightly-2026-11-22' } }, path).name).toBe(
      'nightly-2026-11-22',
    );
  });

  it.each([...AWKWARD_TEXTS, 'a b', 'ä', 'a.b', '*', 'a'.repeat(81)])(
    'turns the Idempotency-Key %j into a name that Step Functions refuses',
    (key) => {
      expect(start({ body: BACKUP, parameters: { 'Idempotency-Key': key } }, path).name).toBe('*');
    },
  );

  it('does not trust a request id that the caller chose', () => {
    expect(start({ body: BACKUP, requestId: 'x","stateMachineArn":"arn:EVIL' }, path)).toEqual({
      input: '{"job_name":"db_backup","job_options":{"db_name":"classicmodels","db_env":"demo"}}',
      name: '*',
      stateMachineArn: WORKER,
    });
  });
});

describe('the input of the state machine', () => {
  it.each(AWKWARD_TEXTS)('holds the argument %j as it was sent', (text) => {
    const body = scriptWith([text]);
    expect(JSON.parse(start({ body }).input)).toEqual(body);
  });

  it('holds any text, and any option with any name, as it was sent', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...AWKWARD_TEXTS));
    fc.assert(
      fc.property(fc.dictionary(text, fc.oneof(text, fc.array(text), fc.integer(), fc.boolean())), (job_options) => {
        const body = { job_name: 'run_script', job_options };
        const { input, stateMachineArn } = start({ body });
        expect(JSON.stringify(JSON.parse(input))).toBe(JSON.stringify(body));
        expect(stateMachineArn).toBe(WORKER);
      }),
    );
  });

  it('holds the name of the job as it was sent, whatever the model lets through', () => {
    const body = { ...BACKUP, job_name: `O'Brien","input":"{}` };
    expect(JSON.parse(start({ body }).input)).toEqual(body);
  });

  it('holds nothing but the job and its options', () => {
    const body = { ...BACKUP, stateMachineArn: 'arn:EVIL', requested_by: 'root' };
    expect(JSON.parse(start({ body }).input)).toEqual(BACKUP);
  });
});

describe('the answer of POST /jobs', () => {
  it('names the job and where to ask for it', () => {
    const { text, headers, status } = renderMappingTemplate(responseTemplate('/jobs'), { body: STARTED });
    expect(JSON.parse(text)).toEqual({
      id: 'db_backup-1',
      state: 'RUNNING',
      links: { self: '/v1/jobs/db_backup-1' },
    });
    expect(headers).toEqual({ Location: '/v1/jobs/db_backup-1' });
    expect(status).toBeUndefined();
  });

  it('keeps the base path of a custom domain', () => {
    const { headers } = renderMappingTemplate(responseTemplate('/jobs'), { body: STARTED, path: '/operations/jobs/' });
    expect(headers).toEqual({ Location: '/operations/jobs/db_backup-1' });
  });
});

describe('the answer of POST /db/backup', () => {
  it('is that of the first version, and the id', () => {
    const { text } = renderMappingTemplate(responseTemplate('/db/backup'), { body: STARTED });
    expect(JSON.parse(text)).toEqual({ ...STARTED, id: 'db_backup-1' });
  });
});

describe.each(['/jobs', '/db/backup'] as const)('a refusal of POST %s by Step Functions', (path) => {
  const refuse = (error: string) => {
    const rendered = renderMappingTemplate(responseTemplate(path, '4\\d{2}'), {
      body: { __type: `com.amazonaws.swf.service.v2.model#${error}`, message: 'not for the caller' },
      parameters: { 'idempotency-key': 'nightly' },
      path: `/v1${path}`,
      requestId: '0f0e',
    });
    return { status: rendered.status, problem: JSON.parse(rendered.text) as Record<string, unknown> };
  };

  it('says that the job exists, and where', () => {
    expect(refuse('ExecutionAlreadyExists')).toEqual({
      status: 409,
      problem: {
        type: 'urn:problem-type:serverless-ops:job-exists',
        title: 'A job with this Idempotency-Key exists already',
        status: 409,
        detail:
          'It has ended, or was ordered with another request. Follow links.self to it, or send another Idempotency-Key.',
        instance: 'urn:uuid:0f0e',
        links: { self: '/v1/jobs/nightly' },
      },
    });
  });

  it.each([
    ['InvalidName', 400, 'invalid-idempotency-key'],
    ['InvalidExecutionInput', 413, 'request-too-large'],
    ['ValidationException', 413, 'request-too-large'],
    ['ThrottlingException', 429, 'too-many-requests'],
    ['ExecutionLimitExceeded', 429, 'too-many-requests'],
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
