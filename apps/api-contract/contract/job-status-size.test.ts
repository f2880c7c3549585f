import { STEP_FUNCTIONS_LIMITS } from '@serverless-ops/aws-limits';
import {
  JOB_KINDS,
  JOB_NAMES,
  JOB_OPTIONS_SCHEMAS,
  jobRequestSchema,
  JobError,
  MAX_CAUSE_BYTES,
  MAX_LAST_LINES_BYTES,
} from '@serverless-ops/job-schemas';
import { largestDataBytes, runDefinition } from '@serverless-ops/states-language';
import { requestTemplate, SOME_DEPLOYMENT } from '../testing/some-deployment.ts';
import { renderTemplate } from '../testing/some-request.ts';
import { largestValue } from '../testing/largest-value.ts';
import { jobStatusDefinition } from './job-status-definition.ts';
import { startJobDefinition } from './start-job-definition.ts';

const { payloadBytes } = STEP_FUNCTIONS_LIMITS;
const ID = 'a'.repeat(80);
/** Paths are in the request line; API Gateway takes 10,240 bytes of all headers together. */
const SELF = `/${'a'.repeat(1000)}/jobs/${ID}`;
const DATE = '2026-11-22T02:15:30.000Z';

const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** The largest order of each kind, and with every character that makes something large. */
const ORDERS = JOB_NAMES.map((job_name) => ({
  job_name,
  job_options: largestValue(JOB_OPTIONS_SCHEMAS[job_name]) as object,
}));

/** Characters as they come out of API Gateway's templates: everything beyond ASCII as \uXXXX. */
function startInputOf(order: object): Record<string, string> {
  const variables = { body: order, parameters: { 'Idempotency-Key': ID }, path: SELF.replace(`/${ID}`, '') };
  const { input } = JSON.parse(renderTemplate(requestTemplate('/jobs'), variables).text) as { input: string };
  expect(Buffer.byteLength(input)).toBeLessThan(payloadBytes);
  return JSON.parse(input) as Record<string, string>;
}

/** Runs a workflow and gives the size of the largest input or output of any of its states. */
async function largestState(definition: object, input: object, answers: Readonly<Record<string, object>>) {
  const run = await runDefinition(definition, { type: 'EXPRESS', input, answer: ({ state }) => answers[state] });
  expect(run).toMatchObject({ status: 'SUCCEEDED' });
  expect(run.entered.length).toBeGreaterThan(2);
  return { largest: largestDataBytes(run.history), answer: run.output };
}

/** The largest that a job can end with: its result, or its error and cause. */
const OUTCOMES = [
  ...[
    ...JOB_NAMES.map((job) => largestValue(JOB_KINDS[job].result, { last_lines: [] })),
    ...['"', '\n', '\u0001', '界', '😀'].map((character) => ({
      ...(largestValue(JOB_KINDS.run_script.result, { last_lines: [] }) as object),
      last_lines: linesOf(character),
    })),
  ].map((result) => ({ Status: 'SUCCEEDED', Output: JSON.stringify(result) })),
  ...['"', '\n', '\u0001', '界', '😀'].map((character) => ({
    Status: 'FAILED',
    Error: 'E'.repeat(STEP_FUNCTIONS_LIMITS.errorCharacters),
    Cause: new JobError('ScriptFailed', character.repeat(MAX_CAUSE_BYTES)).message,
  })),
];

/** Lines of a script that take all the bytes they may take as JSON. */
function linesOf(character: string): string[] {
  const each = bytes(character) - 2;
  const line = character.repeat(Math.floor((MAX_LAST_LINES_BYTES / 20 - 4) / each));
  const lines = new Array<string>(20).fill(line);
  expect(bytes(lines)).toBeLessThanOrEqual(MAX_LAST_LINES_BYTES);
  return lines;
}

describe.each(ORDERS)('the largest order of $job_name', (order) => {
  it('is one that is taken', () => {
    expect(jobRequestSchema.safeParse(order).error).toBeUndefined();
  });

  it('fits into every state of the workflow that starts it', async () => {
    const definition = startJobDefinition(SOME_DEPLOYMENT);
    const { largest } = await largestState(definition, startInputOf(order), {
      RecordName: {},
      StartJob: { ExecutionArn: 'a'.repeat(STEP_FUNCTIONS_LIMITS.arnCharacters), StartDate: DATE },
    });
    expect(largest).toBeLessThan(payloadBytes);
  });

  it.each(OUTCOMES.map((outcome, index) => [index, outcome] as const))(
    'fits with outcome %d into every state of the workflow that shows it',
    async (_, outcome) => {
      const execution = {
        ...outcome,
        ExecutionArn: 'a'.repeat(STEP_FUNCTIONS_LIMITS.arnCharacters),
        StateMachineArn: 'a'.repeat(STEP_FUNCTIONS_LIMITS.arnCharacters),
        Name: ID,
        Input: startInputOf(order)['order'],
        StartDate: DATE,
        StopDate: DATE,
      };
      const input = { id: ID, self: SELF, request_id: ID };
      const { largest, answer } = await largestState(jobStatusDefinition(SOME_DEPLOYMENT), input, {
        DescribeWorkerExecution: execution,
        DescribePasswordExecution: execution,
      });
      expect(largest).toBeLessThan(payloadBytes);
      expect(answer).toMatchObject({ id: ID, state: outcome.Status, job_name: order.job_name });
    },
  );
});
