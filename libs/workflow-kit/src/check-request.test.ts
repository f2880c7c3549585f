import { JOB_NAMES, jobRequestSchema } from '@serverless-ops/job-schemas';
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

const name = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,19}$/);
const database = { db_name: name, db_env: name };
const optionally = <Shape extends object>(shape: { [Key in keyof Shape]: fc.Arbitrary<Shape[Key]> }) =>
  fc.record(shape, { requiredKeys: [] });

const orders = {
  db_backup: fc.tuple(fc.record(database), optionally({ engine: fc.constant('script') })),
  run_script: fc.tuple(
    fc.record({ script: fc.constant('a.sh') }),
    optionally({ args: fc.array(fc.string(), { maxLength: 3 }) }),
    fc.option(fc.record(database), { nil: {} }),
  ),
  password_change: fc.tuple(
    fc.record({ ...database, db_user: fc.stringMatching(/^[a-z' \\"ë]{1,20}$/) }),
    fc.oneof(
      optionally({ generate: fc.boolean(), create_if_missing: fc.boolean() }),
      fc.constant({ discard_old_password: true }),
    ),
  ),
};

describe('a request', () => {
  it.each(JOB_NAMES)('of %s that is good is never refused', async (job) => {
    await fc.assert(
      fc.asyncProperty(orders[job] as fc.Arbitrary<object[]>, async (parts) => {
        const request = { job_name: job, job_options: Object.assign({}, ...parts) as object };
        expect(jobRequestSchema.safeParse(request).error).toBeUndefined();

        const hasDatabase = 'db_name' in request.job_options;
        expect(await check(request)).toBe(hasDatabase ? 'for a database' : 'without a database');
      }),
      { numRuns: 50 },
    );
  });

  it.each(JOB_NAMES)('of %s with an option of the wrong type is refused, with all that is allowed', async (job) => {
    await fc.assert(
      fc.asyncProperty(orders[job] as fc.Arbitrary<object[]>, fc.nat(), async (parts, choice) => {
        const options = Object.assign({}, ...parts) as Record<string, unknown>;
        const keys = Object.keys(options).filter((key) => key !== 'args');
        const wrong = keys[choice % keys.length] ?? '';

        const answer = await check({ job_name: job, job_options: { ...options, [wrong]: 7 } });

        expect(answer).toContain(`job_options of ${job} must have`);
      }),
      { numRuns: 50 },
    );
  });

  it('of a job that the workflow does not run is refused', async () => {
    expect(await check({ job_name: 'format_disk', job_options: {} })).toContain(
      'job_name must be one of db_backup, run_script, password_change',
    );
  });
});
