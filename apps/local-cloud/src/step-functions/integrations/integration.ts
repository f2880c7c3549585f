import type { Json } from '../../endpoint/service.ts';

/** How long a Task state waits: for the answer, for the job behind it, or for somebody to report with the token. */
export type IntegrationPattern = 'request' | 'sync' | 'token';

/** Calls AWS as the role of the state machine. */
export type CallAsRole = (service: string, action: string, input: Json) => Promise<Json>;

/** What a Task state's Resource stands for. */
export interface Integration {
  /** As in history events: `ecs`, `aws-sdk:sfn`. */
  resourceType: string;
  /** As in history events: `runTask.waitForTaskToken`. */
  resource: string;
  pattern: IntegrationPattern;
  /** Answers what the state gets, or for `token` and `sync` what the submission was answered; throws `StatesError`. */
  call(parameters: Json, as: CallAsRole): Promise<Json>;
}
