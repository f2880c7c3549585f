import type { Json, JsonObject } from '../endpoint/service.ts';

export interface RuleTarget {
  arn: string;
  /** Role with which a state machine is started. */
  roleArn?: string | undefined;
  /** What the target gets for an event. */
  inputOf: (event: JsonObject) => Json;
}

export interface Rule {
  name: string;
  arn: string;
  enabled: boolean;
  matches: (event: JsonObject) => boolean;
  targets: RuleTarget[];
}
