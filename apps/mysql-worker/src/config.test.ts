import { JobError } from '@serverless-ops/job-schemas';
import { readEnvironment, readJob as readJobWith } from './config.ts';

const readJob = (env: Record<string, string>, order?: unknown) => readJobWith(env, () => Promise.resolve(order));

describe('the job in the environment', () => {
  it('is read from the variables of a direct run-task', async () => {
    expect(await readJob({ JOB_NAME: 'db_backup', DB_NAME: 'classicmodels', DB_ENV: 'demo' })).toEqual({
      job_name: 'db_backup',
      job_options: {
        ...{ db_name: 'classicmodels', db_env: 'demo' },
        ...{ engine: 'parallel', parallelism: 2, include_tables: [], exclude_tables: [], definer: 'keep' },
      },
    });
  });

  it('needs no DB_ENV when the caller gives every setting directly', async () => {
    const { job_options: options } = await readJob({ JOB_NAME: 'db_backup', DB_NAME: 'classicmodels' });
    expect(options).toMatchObject({ db_env: 'direct' });
  });

  it('is read from JOB_OPTIONS', async () => {
    const options = JSON.stringify({ script: 'table_sizes.sh', args: ['--all'] });
    expect(await readJob({ JOB_NAME: 'run_script', JOB_OPTIONS: options })).toEqual({
      job_name: 'run_script',
      job_options: { script: 'table_sizes.sh', args: ['--all'] },
    });
  });

  it('is read from the execution that it belongs to, and the database beside it from the environment', async () => {
    const env = { JOB_NAME: 'run_script', EXECUTION_ARN: 'arn:job-1', DB_NAME: 'classicmodels', DB_ENV: 'demo' };
    const asked: string[] = [];
    const order = { script: 'table_sizes.sh', args: ['"'.repeat(256)], db_name: 'classicmodels', db_env: 'demo' };

    const job = await readJobWith(env, (arn) => Promise.resolve((asked.push(arn), order)));

    expect(job).toEqual({ job_name: 'run_script', job_options: order });
    expect(asked).toEqual(['arn:job-1']);
  });

  it('is read from JOB_OPTIONS when a caller gives both', async () => {
    const env = { JOB_NAME: 'run_script', EXECUTION_ARN: 'arn:job-1', JOB_OPTIONS: '{"script":"here.sh"}' };
    expect((await readJob(env, { script: 'there.sh' })).job_options).toMatchObject({ script: 'here.sh' });
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
  ])('is refused as InvalidRequest when it is %s', async (_, env, problem) => {
    const refused = readJob(env);
    await expect(refused).rejects.toThrow(problem);
    await expect(refused).rejects.toThrow(JobError);
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
      restoreAllowOverwrite: [],
      scriptUser: undefined,
      given: { db_user: 'me' },
    });
  });

  it('says whose contents a restore may remove', () => {
    const { restoreAllowOverwrite } = readEnvironment({ RESTORE_ALLOW_OVERWRITE: 'shop/demo,a.b/c' }, 'direct-1');

    expect(restoreAllowOverwrite).toEqual(['shop/demo', 'a.b/c']);
  });

  it.each([
    ['script', 'script'],
    ['', undefined],
  ])('says whom scripts run as: SCRIPT_USER=%s', (value, user) => {
    expect(readEnvironment({ SCRIPT_USER: value }, 'direct-1').scriptUser).toBe(user);
  });
});
