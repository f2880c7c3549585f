import { OpsStack } from '@serverless-ops/cdk-kit';
import type { Settings } from '@serverless-ops/settings';
import type { App } from 'aws-cdk-lib';
import { createBackupBucket } from './backup-bucket.ts';
import { createCluster } from './cluster.ts';
import { createDatabaseParameters } from './database-parameters.ts';
import { createEncryptionKey } from './encryption-key.ts';
import { createFoundationParameters } from './foundation-parameters.ts';
import { createJobsTable } from './jobs-table.ts';
import { createNotificationsTopic } from './notifications-topic.ts';
import { createTargetNetwork } from './target-network.ts';

/**
 * What every other stack needs: where tasks run, the key, the topic, the table of progress, the bucket and the
 * parameters that are no secrets. Nothing in it costs anything while no job runs, apart from the key and what is stored.
 */
export class FoundationStack extends OpsStack {
  constructor(app: App, settings: Settings) {
    super(app, settings, 'foundation', 'Serverless Ops: what every other stack needs');
    const key = createEncryptionKey(this);
    createCluster(this);
    createJobsTable(this);
    createFoundationParameters(this, {
      network: createTargetNetwork(this),
      key,
      topic: createNotificationsTopic(this, key),
    });
    createBackupBucket(this, key);
    createDatabaseParameters(this);
  }
}
