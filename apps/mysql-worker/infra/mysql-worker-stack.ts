import { createDatabaseClientSecurityGroup, createLogGroup, foundationValue, OpsStack } from '@serverless-ops/cdk-kit';
import type { Settings } from '@serverless-ops/settings';
import type { App } from 'aws-cdk-lib';
import { describeOutputs } from './outputs.ts';
import { createWorkerRoles } from './worker-roles.ts';
import { createWorkerStateMachine } from './worker-state-machine.ts';
import { createWorkerTaskDefinitions } from './worker-task-definitions.ts';
import { workerNetwork } from './worker-network.ts';

/** What was built from `src/`. */
export interface BuiltWorker {
  /** With `main.mjs`, its scripts and the Dockerfile. */
  readonly workerBundleFolder: string;
}

/** The worker's image and task definitions, and the workflow that runs jobs in them. */
export class MysqlWorkerStack extends OpsStack {
  constructor(app: App, settings: Settings, built: BuiltWorker) {
    super(app, settings, 'mysqlWorker', 'Serverless Ops: MySQL jobs in containers, and the workflow that runs them');
    const keyArn = foundationValue(this, 'keyArn');
    const topicArn = foundationValue(this, 'topicArn');
    const logGroup = createLogGroup(this, 'WorkerLogs', this.names.logGroups.mysqlWorker);
    const roles = createWorkerRoles(this, keyArn);
    const network = workerNetwork(
      this,
      createDatabaseClientSecurityGroup(this, 'WorkerSecurityGroup', `Containers of ${this.names.workerStateMachine}`),
    );
    createWorkerTaskDefinitions(this, { roles, logGroup, bundleFolder: built.workerBundleFolder });
    const stateMachine = createWorkerStateMachine(this, { roles, network, keyArn, topicArn });
    describeOutputs(this, { roles, network, stateMachine, logGroup });
  }
}
