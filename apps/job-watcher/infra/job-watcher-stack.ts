import { foundationValue, OpsStack } from '@serverless-ops/cdk-kit';
import type { Settings } from '@serverless-ops/settings';
import type { App } from 'aws-cdk-lib';
import { createDeadLetters } from './dead-letters.ts';
import { createEventRules } from './event-rules.ts';
import { describeOutputs } from './outputs.ts';
import { createWatcherFunction } from './watcher-function.ts';

/** What was built from `src/`. */
export interface BuiltWatcher {
  /** With `handler.mjs`. */
  readonly bundleFolder: string;
}

/** The function that watches the tasks and executions of every workflow, and what wakes it. */
export class JobWatcherStack extends OpsStack {
  constructor(app: App, settings: Settings, built: BuiltWatcher) {
    super(app, settings, 'jobWatcher', 'Serverless Ops: watches for jobs that end without a report');
    const keyArn = foundationValue(this, 'keyArn');
    const topicArn = foundationValue(this, 'topicArn');
    const deadLetters = createDeadLetters(this, topicArn);
    const watcher = createWatcherFunction(this, { ...built, keyArn, topicArn, deadLetters });
    createEventRules(this, watcher, deadLetters);
    describeOutputs(this, deadLetters);
  }
}
