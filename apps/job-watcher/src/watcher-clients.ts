import type { ECSClient } from '@aws-sdk/client-ecs';
import type { SFNClient } from '@aws-sdk/client-sfn';
import type { SNSClient } from '@aws-sdk/client-sns';

/** The services that the function works with. */
export interface WatcherClients {
  readonly ecs: ECSClient;
  readonly sfn: SFNClient;
  readonly sns: SNSClient;
}
