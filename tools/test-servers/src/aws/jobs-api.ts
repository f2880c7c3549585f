import { setTimeout as delay } from 'node:timers/promises';
import type { JobProgress, JobRequest, JobResult } from '@serverless-ops/job-schemas';

/** What `GET /jobs/{id}` answers, of a job that reports this result. */
export interface JobStatus<Result = JobResult<'db_backup'>> {
  id: string;
  state: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  progress?: JobProgress;
  result?: Result;
  error?: { code: string; cause: string };
}

/** How often a person wants to see a bar move, in ms. */
const POLL_INTERVAL_MS = 250;

/** The REST API as a partner team calls it: an address and a key, no AWS login. */
export class JobsApi {
  readonly #url: string;
  readonly #key: string;

  constructor(url: string, key: string) {
    this.#url = url;
    this.#key = key;
  }

  async order(request: JobRequest): Promise<string> {
    const answer = (await this.#call('POST', '/jobs', request)) as { id: string };
    return answer.id;
  }

  async status<Result = JobResult<'db_backup'>>(id: string): Promise<JobStatus<Result>> {
    return (await this.#call('GET', `/jobs/${id}`)) as JobStatus<Result>;
  }

  /** Polls until the job has ended; `onStatus` sees every answer. */
  async waitFor<Result = JobResult<'db_backup'>>(
    id: string,
    onStatus?: (status: JobStatus<Result>) => void,
  ): Promise<JobStatus<Result>> {
    for (;;) {
      const status = await this.status<Result>(id);
      onStatus?.(status);
      if (status.state !== 'RUNNING') return status;
      await delay(POLL_INTERVAL_MS);
    }
  }

  async #call(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.#url}${path}`, {
      method,
      headers: { 'x-api-key': this.#key, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return JSON.parse(text);
  }
}
