import { runDefinition, StatesError, type DefinitionRun } from '@serverless-ops/states-language';
import type { State } from '@serverless-ops/workflow-kit';
import { props } from '../testing/some-workflow.ts';
import { runWorkerState } from './run-worker-state.ts';

const END: State = { Type: 'Succeed' };

/** Runs one job, which ends with the error each time that it starts. */
async function fail(error: string, { retryable }: { retryable: boolean }): Promise<DefinitionRun> {
  const job = runWorkerState(
    { ...props, capacity: 'spot' },
    { task: { family: 'ops-mysql-worker-backup', timeoutHours: 6 }, hasDatabase: false, retryable },
    { succeeded: 'End', fellSilent: 'End', tookTooLong: 'End', failed: 'End' },
  );
  return runDefinition(
    { StartAt: 'Job', States: { Job: job, End: END } },
    {
      input: { job_name: 'db_backup' },
      answer() {
        throw new StatesError(error, `${error} happened`);
      },
    },
  );
}

describe('a job that must not begin twice', () => {
  it.each(['UploadFailed', 'ConnectionLost', 'Stopped'])('is started once when it ends with %s', async (error) => {
    const { calls } = await fail(error, { retryable: false });

    expect(calls).toHaveLength(1);
  });

  it('is started again when ECS did not start its container', async () => {
    const { calls } = await fail('ECS.ServerException', { retryable: false });

    expect(calls).toHaveLength(7);
  });
});

describe('a job that may begin again', () => {
  it.each(['UploadFailed', 'ConnectionLost', 'Stopped'])(
    'is started twice more when it ends with %s',
    async (error) => {
      const { calls } = await fail(error, { retryable: true });

      expect(calls).toHaveLength(3);
    },
  );
});
