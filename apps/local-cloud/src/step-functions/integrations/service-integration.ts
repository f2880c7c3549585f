import type { Integration, Json } from '@serverless-ops/states-language';

/** Calls AWS as the role of the state machine. */
export type CallAsRole = (service: string, action: string, input: Json) => Promise<Json>;

/** A Task state's Resource as a call of an AWS service. */
export interface ServiceIntegration extends Omit<Integration, 'call'> {
  /** Answers what the state gets, or for `token` and `sync` what the submission was answered; throws `StatesError`. */
  call(parameters: Json, as: CallAsRole): Promise<Json>;
}
