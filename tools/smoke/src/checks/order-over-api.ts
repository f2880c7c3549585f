import type { Check } from '../check.ts';
import { executionArn, EXECUTION_ACTIONS, JOB_TIMEOUT_MS, jobFailed, stopAtTheEnd } from '../executions.ts';
import { until } from '../until.ts';

export const orderOverApi: Check = {
  what: 'A dry run that is ordered over the API succeeds, and GET /jobs/{id} shows it',
  actions: ['apigateway:GET', ...EXECUTION_ACTIONS],
  async perform(scene) {
    const api = await scene.api();
    const jobId = `${scene.run}-api`;
    stopAtTheEnd(scene, executionArn(scene, jobId));
    await api.order(scene.dryRun, jobId);
    const phases = new Set<string>();
    const wait = {
      timeoutMs: JOB_TIMEOUT_MS,
      why: `The job ${jobId} still runs after ${JOB_TIMEOUT_MS / 60_000} minutes.`,
      next: 'Open its execution in the Step Functions console: its events say what it waits for.',
      signal: scene.signal,
    };
    const job = await until(wait, async () => {
      const found = await api.find(jobId);
      if (found.progress) phases.add(found.progress.phase);
      return found.state === 'RUNNING' ? undefined : found;
    });
    const { state, error = { code: 'no code', cause: 'The API names no error.' }, result } = job;
    if (state !== 'SUCCEEDED' || result?.['consistency'] !== 'dry-run') throw jobFailed(jobId, state, error);
    scene.endedJobId = jobId;
    return ['job ' + jobId, ...[...phases].map((phase) => `progress "${phase}"`)].join(', ');
  },
};
