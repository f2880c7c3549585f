import { JobError } from '@serverless-ops/job-schemas';
import { someContext, someMeans } from '../testing/some-job.ts';
import { performRunScript } from './run-script.ts';

const means = someMeans();
const missing = new JobError('ParameterMissing', 'db_host is missing.');
const withoutParameters = { ...means, databases: { ...means.databases, find: () => Promise.reject(missing) } };

describe('run_script', () => {
  it('looks up the parameters of a database that its order names', async () => {
    const options = { script: 'gone.sh', args: [], db_name: 'classicmodels', db_env: 'demo' };

    await expect(performRunScript(options, withoutParameters, someContext())).rejects.toBe(missing);
  });

  it('looks up nothing for an order without a database', async () => {
    const options = { script: 'gone.sh', args: [] };

    await expect(
      performRunScript(options, withoutParameters, someContext({ scriptsFolder: import.meta.dirname })),
    ).rejects.toMatchObject({
      code: 'InvalidRequest',
    });
  });
});
