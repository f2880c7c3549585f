import type { Json } from '../json.ts';

/** How long a Task state waits: for the answer, for the job behind it, or for somebody to report with the token. */
export type IntegrationPattern = 'request' | 'sync' | 'token';

/** What a Task state's Resource names. */
export interface Integration {
  /** As in history events: `ecs`, `aws-sdk:sfn`. */
  resourceType: string;
  /** As in history events: `runTask.waitForTaskToken`. */
  resource: string;
  pattern: IntegrationPattern;
  /**
   * Answers what the state gets, or for `token` and `sync` what the submission was answered; throws `StatesError`.
   * `token` is that of a task that waits for its worker to report.
   */
  call(parameters: Json, token: string | undefined): Promise<Json>;
}
