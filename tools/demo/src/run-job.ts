import type { JobRequest, JobResult } from '@serverless-ops/job-schemas';
import type { JobsApi, JobStatus } from '@serverless-ops/test-servers';
import { ProgressBar } from './progress-bar.ts';
import type { Story } from './story.ts';

type Kind = 'db_backup' | 'db_verify' | 'db_restore';

/** Orders a job over the API, shows how far it is, and gives its result. Throws when it did not succeed. */
export async function runJob<Name extends Kind>(
  api: JobsApi,
  story: Story,
  order: JobRequest & { readonly job_name: Name },
): Promise<JobResult<Name>> {
  const id = await api.order(order);
  story.say(`202 Accepted, job ${id}`);
  const bar = new ProgressBar(process.stdout);
  const ended = await api.waitFor<JobResult<Name>>(id, (status) => showProgress(bar, status));
  bar.end();
  if (ended.result === undefined) throw new Error(`The job ended as ${ended.state}: ${JSON.stringify(ended.error)}`);
  return ended.result;
}

function showProgress(bar: ProgressBar, { state, progress, result }: JobStatus<{ bytes: number; rows: number }>): void {
  const { bytes = 0, rows = 0 } = result ?? progress ?? {};
  const doing = progress?.phase ?? state.toLowerCase();
  const share = state === 'RUNNING' ? Math.min(0.99, bytes / (progress?.of_bytes ?? Infinity)) : 1;
  bar.show(share, `${state === 'RUNNING' ? doing : state.toLowerCase()}  ${megabytes(bytes)}  ${rows} rows`);
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
