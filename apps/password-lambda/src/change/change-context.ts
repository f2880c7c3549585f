import type { SSMClient } from '@aws-sdk/client-ssm';
import type { Logger } from '@serverless-ops/job-logging';
import type { DatabaseTlsSetting } from '@serverless-ops/names';

/** What a change needs of the outside. */
export interface ChangeContext {
  readonly client: SSMClient;
  readonly keyId: string;
  readonly databaseTls: DatabaseTlsSetting;
  /** Makes a new password. */
  readonly generate: () => string;
  readonly now: () => Date;
  readonly log: Pick<Logger, 'info' | 'warn'>;
  /** From then on the text is in no log line, result or cause. */
  readonly hideSecret: (text: string) => void;
}
