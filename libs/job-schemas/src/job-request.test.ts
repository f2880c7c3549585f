import { describeProblems } from './describe-problems.ts';
import { JOB_NAMES } from './job-kinds.ts';
import { jobRequestSchema } from './job-request.ts';

const database = { db_name: 'classicmodels', db_env: 'demo' };

function problemsOf(request: unknown): string[] {
  const parsed = jobRequestSchema.safeParse(request);
  return parsed.success ? [] : describeProblems(parsed.error);
}

describe('a job request', () => {
  it('is filled in with the defaults of its job', () => {
    expect(jobRequestSchema.parse({ job_name: 'db_backup', job_options: database })).toEqual({
      job_name: 'db_backup',
      job_options: {
        ...{ db_name: 'classicmodels', db_env: 'demo' },
        ...{ engine: 'parallel', parallelism: 2, include_tables: [], exclude_tables: [], definer: 'keep' },
      },
    });
  });

  it.each([
    ['nothing', undefined, ['request: Invalid input: expected object, received undefined']],
    [
      'an unknown job',
      { job_name: 'db_bakcup', job_options: database },
      [`request.job_name: Invalid discriminator value. Expected ${JOB_NAMES.map((name) => `'${name}'`).join(' | ')}`],
    ],
    [
      'a missing, an extra and a wrong option',
      { job_name: 'db_backup', job_options: { db_name: 7, db_host: 'evil.example' } },
      [
        'request.job_options.db_name: Invalid input: expected string, received number',
        'request.job_options.db_env: Invalid input: expected string, received undefined',
        'request.job_options: Unrecognized key: "db_host"',
      ],
    ],
    [
      'a name that would leave its Parameter Store path',
      { job_name: 'db_backup', job_options: { db_name: 'a/b', db_env: 'demo' } },
      ['request.job_options.db_name: Invalid string: must match pattern /^\\.*[A-Za-z0-9_-][A-Za-z0-9_.-]*$/'],
    ],
    [
      'a script outside the scripts folder',
      { job_name: 'run_script', job_options: { script: '../evil.sh' } },
      ['request.job_options.script: Invalid string: must match pattern /^[a-z0-9][a-z0-9._-]*$/'],
    ],
    [
      'an argument that no process can be handed',
      { job_name: 'run_script', job_options: { script: 'x.sh', args: ['a\u0000'] } },
      ['request.job_options.args.0: Invalid string: must match pattern /^[^\\u0000]*$/'],
    ],
    [
      'two orders in one',
      {
        job_name: 'password_change',
        job_options: { ...database, db_user: 'mary', generate: true, discard_old_password: true },
      },
      [
        'request.job_options: discard_old_password ends an earlier change: give neither generate nor create_if_missing with it',
      ],
    ],
    [
      'a password in it',
      { job_name: 'password_change', job_options: { ...database, db_user: 'mary', password: 'x' } },
      ['request.job_options: Unrecognized key: "password"'],
    ],
    [
      'half a database',
      { job_name: 'run_script', job_options: { script: 'x.sh', db_name: 'a' } },
      ['request.job_options: db_name and db_env go together: give both or neither'],
    ],
  ])('is refused when it has %s, with every problem named', (_, request, problems) => {
    expect(problemsOf(request)).toEqual(problems);
  });
});
