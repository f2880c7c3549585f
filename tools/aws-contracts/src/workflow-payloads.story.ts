import { EVENT_BRIDGE_LIMITS, SNS_LIMITS, STEP_FUNCTIONS_LIMITS } from '@serverless-ops/aws-limits';
import {
  cutToJsonBytes,
  JOB_KINDS,
  jobRequestSchema,
  MAX_CAUSE_BYTES,
  MAX_LAST_LINES_BYTES,
  WORKER_JOB_NAMES,
} from '@serverless-ops/job-schemas';
import { largestDataBytes, runDefinition, StatesError } from '@serverless-ops/states-language';
import { synthesizedStateMachines } from './assembly/task-states.ts';

const { arnCharacters, errorCharacters, executionNameCharacters, payloadBytes } = STEP_FUNCTIONS_LIMITS;
const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value ?? null));

/** Characters that take the most room: as they are in UTF-8, escaped in JSON, and escaped once more. */
const GROWING = ['😀', '\u0001', '"', '\\'];
const DATABASE = { db_name: 'd'.repeat(64), db_env: 'e'.repeat(64) };

/** The largest orders of the jobs that each state machine runs. */
const ORDERS: Readonly<Record<string, readonly object[]>> = {
  'mysql-worker': [
    ...WORKER_JOB_NAMES.map((job) => ({ job_name: job, job_options: { ...JOB_KINDS[job].example, ...DATABASE } })),
    ...GROWING.map((character) => ({
      job_name: 'run_script',
      job_options: {
        ...DATABASE,
        script: 's'.repeat(64),
        args: new Array<string>(20).fill(character.repeat(256)),
      },
    })),
  ],
  'password-lambda': [
    { job_name: 'password_change', job_options: { ...DATABASE, db_user: '😀'.repeat(80), generate: true } },
  ],
};

/** The largest that one of our tasks answers or fails with. */
const OUTCOMES: readonly object[] = GROWING.flatMap((character) => [
  {
    status: 'job complete',
    exit_code: 0,
    last_lines: [cutToJsonBytes(character.repeat(MAX_LAST_LINES_BYTES), MAX_LAST_LINES_BYTES - 2)],
    duration_ms: Number.MAX_SAFE_INTEGER,
  },
  new StatesError('E'.repeat(errorCharacters), cutToJsonBytes(character.repeat(MAX_CAUSE_BYTES), MAX_CAUSE_BYTES)),
]);

const machines = synthesizedStateMachines().filter(({ app }) => app in ORDERS);

/** Runs a machine whose every task ends with the outcome; what was sent to topics is kept. */
async function run(definition: object, order: object, outcome: object) {
  const messages: unknown[] = [];
  const { status, history } = await runDefinition(definition, {
    input: order,
    arn: 'x'.repeat(arnCharacters),
    name: 'x'.repeat(executionNameCharacters),
    answer({ resource, parameters }) {
      if (resource.endsWith(':sns:publish')) {
        messages.push((parameters as { Message: unknown }).Message);
        return {};
      }
      const isFunction = resource.includes(':lambda:');
      if (outcome instanceof StatesError) throw isFunction ? reportedByLambda(outcome) : outcome;
      return isFunction ? { Payload: outcome } : outcome;
    },
  });
  return { status, messages, largest: largestDataBytes(history) };
}

/** Lambda hands the error of a function on as JSON in the cause, with a stack as well. */
function reportedByLambda({ error, causeText }: StatesError): StatesError {
  const report = { errorType: error, errorMessage: causeText, trace: new Array<string>(10).fill('at x') };
  return new StatesError(error, JSON.stringify(report));
}

describe.each(machines.map((machine) => [machine.app, machine] as const))(
  'the workflow of %s',
  (app, { definition }) => {
    const cases = (ORDERS[app] ?? []).flatMap((order) => OUTCOMES.map((outcome) => ({ order, outcome })));

    it.each(cases.map((one, index) => [index, one] as const))(
      'stays below what AWS takes with the largest order and outcome (%d)',
      async (_, { order, outcome }) => {
        expect(jobRequestSchema.safeParse(order).error).toBeUndefined();

        const { largest, messages, status } = await run(definition, order, outcome);

        expect(status).toBe(outcome instanceof StatesError ? 'FAILED' : 'SUCCEEDED');
        expect(largest).toBeGreaterThan(bytes(order));
        expect(largest).toBeLessThan(payloadBytes);
        expect(messages).toHaveLength(1);
        // What is no text is sent as JSON; a subscriber by HTTP gets that as a text in JSON once more.
        expect(bytes(JSON.stringify(messages[0]))).toBeLessThan(SNS_LIMITS.messageBytes);
        // The event of an execution's end has its input and output as texts.
        const event = { detail: { input: JSON.stringify(order), output: JSON.stringify(outcome) } };
        expect(bytes(event)).toBeLessThan(EVENT_BRIDGE_LIMITS.eventBytesBelow - 4096);
      },
    );
  },
);

it('the workflows of jobs are among those that are synthesized', () => {
  expect(machines.map(({ app }) => app).sort()).toEqual(Object.keys(ORDERS).sort());
});
