import { jobNameProblem } from './job-name.ts';

describe('the name of a job', () => {
  it.each(['db_backup', 'db_dump_to_csv', `db_${'x'.repeat(40)}`])('may be %s', (name) => {
    expect(jobNameProblem(name)).toBeUndefined();
  });

  it.each(['delete', 'DbBackup', 'db-backup', 'db_', '_db', 'db__x', 'db_v2', ''])('is not %j', (name) => {
    expect(jobNameProblem(name)).toMatch(/^it must be two words or more in snake_case/);
  });

  it('leaves room for what the name of an execution adds to it', () => {
    expect(jobNameProblem(`db_${'x'.repeat(41)}`)).toBe(
      'it has 44 characters, and 43 are allowed, because it begins the names of executions',
    );
  });

  it.each(['unknown_job', 'run_script_without_database', 'run_script_took_too_long'])(
    'is not %s, which the workflow has for itself',
    (name) => {
      expect(jobNameProblem(name)).toMatch(/^a state of the workflow/);
    },
  );
});
