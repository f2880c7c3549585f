import { isApacheVelocityInstalled, renderWithApacheVelocity } from '../testing/apache-velocity.ts';
import { AWKWARD_TEXTS } from '../testing/awkward-texts.ts';
import type { Rendered } from '@serverless-ops/api-gateway';
import { renderTemplate, type SomeVariables } from '../testing/some-request.ts';
import { requestTemplate, responseTemplate } from '../testing/some-deployment.ts';

const started = { executionArn: 'arn:aws:states:eu-central-1:111122223333:execution:worker:job-1', startDate: 1.5 };
const running = { ...started, name: 'job-1', status: 'RUNNING', output: null, stopDate: null };
const ids = ['a-b_1', 'a'.repeat(80), 'a'.repeat(81), 'a\n', '', ...AWKWARD_TEXTS];

const starts: SomeVariables[] = ['a-b_1', ...AWKWARD_TEXTS].flatMap((text) => {
  const body = { job_name: 'run_script', job_options: { args: [text, 'x'], generate: false, [text]: text } };
  return [{ body }, { body, parameters: { 'idempotency-key': text } }, { body, requestId: text, path: text }];
});
const jobs: SomeVariables[] = [
  { body: { status: 'SUCCEEDED', output: '{"id":"a","state":"RUNNING"}' } },
  { body: { status: 'SUCCEEDED', output: '{"type":"x","status":404}' } },
  { body: { status: 'FAILED' } },
  { body: { status: 'FAILED', error: 'States.DataLimitExceeded' } },
];
const startedJobs: SomeVariables[] = [
  { body: { status: 'SUCCEEDED', output: '{"id":"a","execution_arn":"arn:a","ordered_at":"1"}' } },
  { body: { status: 'SUCCEEDED', output: '{"type":"x","status":409}' } },
  { body: { status: 'TIMED_OUT' } },
];
const executions: SomeVariables[] = [
  { body: running },
  { body: { ...running, status: 'SUCCEEDED', stopDate: 2, output: '{"a":1}' } },
  { body: { ...running, status: 'FAILED', stopDate: 2, error: 'DumpFailed', cause: "'" } },
];
const refusals: SomeVariables[] = ['InvalidName', 'com.amazonaws#ExecutionAlreadyExists', 'SomethingNew'].map(
  (error) => ({ body: { __type: error }, path: '/v1/db/backup', parameters: { 'Idempotency-Key': 'k' } }),
);

/** Every template of the document, and what it is to see. */
const TEMPLATES: readonly (readonly [string, readonly SomeVariables[]])[] = [
  [requestTemplate('/jobs'), starts],
  [responseTemplate('/jobs'), startedJobs],
  [responseTemplate('/jobs', '4\\d{2}'), refusals],
  [requestTemplate('/jobs/{id}'), ids.map((id) => ({ parameters: { id }, path: `/v1/jobs/${id}`, requestId: id }))],
  [responseTemplate('/jobs/{id}'), jobs],
  [responseTemplate('/jobs/{id}', '4\\d{2}'), refusals],
  [requestTemplate('/db/backup'), starts],
  [responseTemplate('/db/backup'), startedJobs],
  [responseTemplate('/db/backup', '4\\d{2}'), refusals],
  [requestTemplate('/db/backup/status'), ids.map((id) => ({ body: { executionArn: `arn:${id}` } }))],
  [responseTemplate('/db/backup/status'), executions],
  [responseTemplate('/db/backup/status', '4\\d{2}'), refusals],
];

// API Gateway runs Apache Velocity. Where it is not installed, the other tests still hold by velocityjs.
(isApacheVelocityInstalled ? describe : describe.skip)('the mapping templates', () => {
  it('render in Apache Velocity as they do in velocityjs', () => {
    const cases = TEMPLATES.flatMap(([template, seen]) => seen.map((variables) => ({ template, variables })));
    const parsed = (rendered: Rendered) => ({ ...rendered, text: JSON.parse(rendered.text) as unknown });
    expect(renderWithApacheVelocity(cases).map(parsed)).toEqual(
      cases.map(({ template, variables }) => parsed(renderTemplate(template, variables))),
    );
  }, 60_000);
});
