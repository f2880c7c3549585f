import { JobError } from '@serverless-ops/job-schemas';
import { readEnvironment, readJob } from './config.ts';

describe('the job in the environment', () => {
  it('is read from the variables of a direct run-task', () => {
    expect(readJob({ JOB_NAME: 'db_backup', DB_NAME: 'classicmodels', DB_ENV: 'demo' })).toEqual({
      job_name: 'db_backup',
      job_options: { db_name: 'classicmodels', db_env: 'demo', engine: 'script' },
    });
  });

  it('needs no DB_ENV when the caller gives every setting directly', () => {
    expect(readJob({ JOB_NAME: 'db_backup', DB_NAME: 'classicmodels' }).job_options).toMatchObject({
      db_env: 'direct',
    });
  });

  it('is read from JOB_OPTIONS, as the state machine hands them over', () => {
    const options = JSON.stringify({ script: 'table_sizes.sh', args: ['--all'] });
    expect(readJob({ JOB_NAME: 'run_script', JOB_OPTIONS: options })).toEqual({
      job_name: 'run_script',
      job_options: { script: 'table_sizes.sh', args: ['--all'] },
    });
  });

  it.each([
    ['an unknown job', { JOB_NAME: 'format_disk', DB_NAME: 'a' }, /request\.job_name/],
    ['no job', { DB_NAME: 'a' }, /request\.job_name/],
    [
      'options that are no JSON',
      { JOB_NAME: 'db_backup', JOB_OPTIONS: '{"db_name":' },
      /JOB_OPTIONS is not valid JSON/,
    ],
    ['options that are no object', { JOB_NAME: 'db_backup', JOB_OPTIONS: '[]' }, /job_options: .*expected object/],
    ['an option it does not have', { JOB_NAME: 'db_backup', DB_NAME: 'a', JOB_OPTIONS: '{"drill":true}' }, /"drill"/],
  ])('is refused as InvalidRequest when it is %s', (_, env, problem) => {
    const read = (): unknown => readJob(env);
    expect(read).toThrow(problem);
    expect(read).toThrow(JobError);
  });
});

describe('the environment', () => {
  it('has defaults for a container that somebody starts by hand', () => {
    expect(readEnvironment({ DB_USER: 'me', DB_PASS: '' }, 'direct-1')).toEqual({
      taskToken: 'localtest',
      jobId: 'direct-1',
      jobName: undefined,
      parameterPrefix: '/serverlessops',
      jobsTable: undefined,
      databaseTls: 'verify',
      given: { db_user: 'me' },
    });
  });
});
