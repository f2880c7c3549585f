import { JOB_KINDS, JOB_NAMES, jobRequestSchema, type JobName } from '@serverless-ops/job-schemas';
import { runDefinition } from '@serverless-ops/states-language';
import fc from 'fast-check';
import { checkRequestStates } from './check-request.ts';

const end = (result: string) => ({ Type: 'Pass', Result: result, End: true });
const definition = {
  StartAt: 'CheckRequest',
  States: {
    ...checkRequestStates(JOB_NAMES, { forDatabase: 'ForDatabase', withoutDatabase: 'Without', refused: 'Refused' }),
    ForDatabase: end('for a database'),
    Without: end('without a database'),
    Refused: { Type: 'Pass', OutputPath: '$.failure.Cause', End: true },
  },
};

/** Where the states send a request to, or why they refuse it. */
async function check(request: unknown): Promise<unknown> {
  const { output } = await runDefinition(definition, { input: request });
  return output;
}

/** Orders of a kind that its schema takes: the example with some of its options, and either value of each switch. */
function goodOrders(job: JobName): fc.Arbitrary<{ job_name: JobName; job_options: Record<string, unknown> }> {
  const values = Object.entries(JOB_KINDS[job].example).map(([option, value]: [string, unknown]) => [
    option,
    typeof value === 'boolean' ? fc.boolean() : fc.constant(value),
  ]);
  return fc
    .record(Object.fromEntries(values) as Record<string, fc.Arbitrary<unknown>>, { requiredKeys: [] })
    .map((job_options) => ({ job_name: job, job_options }))
    .filter((order) => jobRequestSchema.safeParse(order).success);
}

describe('a request', () => {
  it.each(JOB_NAMES)('of %s that is good is never refused', async (job) => {
    await fc.assert(
      fc.asyncProperty(goodOrders(job), async (order) => {
        expect(await check(order)).toBe('db_name' in order.job_options ? 'for a database' : 'without a database');
      }),
      { numRuns: 50 },
    );
  });

  it.each(JOB_NAMES)('of %s with an option of the wrong type is refused, with all that is allowed', async (job) => {
    await fc.assert(
      fc.asyncProperty(goodOrders(job), fc.nat(), async ({ job_options: options }, choice) => {
        // States Language cannot tell a list from another value: the worker does.
        const isList = Array.isArray;
        const keys = Object.entries(options).flatMap(([key, value]) => (isList(value) ? [] : [key]));
        const wrong = keys[choice % keys.length] ?? 'db_name';

        const answer = await check({ job_name: job, job_options: { ...options, [wrong]: {} } });

        expect(answer).toContain(`job_options of ${job} must have`);
      }),
      { numRuns: 50 },
    );
  });

  it('of a job that the workflow does not run is refused', async () => {
    expect(await check({ job_name: 'format_disk', job_options: {} })).toContain(
      'job_name must be one of ' + JOB_NAMES.join(', '),
    );
  });
});
