import { foundationValue, OpsStack } from '@serverless-ops/cdk-kit';
import type { Settings } from '@serverless-ops/settings';
import type { App } from 'aws-cdk-lib';
import { describeOutputs } from './outputs.ts';
import { createChangeFunction, createLookUpFunction } from './password-functions.ts';
import { createPasswordNetwork } from './password-network.ts';
import { createPasswordStateMachine } from './password-state-machine.ts';

/** Folders with what was built from `src/`, each with a `handler.mjs`. */
export interface BuiltFunctions {
  readonly lookUpFolder: string;
  readonly changeFolder: string;
}

/** The function that changes passwords, the one that looks up what it needs, and the workflow that calls the two. */
export class PasswordLambdaStack extends OpsStack {
  constructor(app: App, settings: Settings, built: BuiltFunctions) {
    super(app, settings, 'passwordLambda', 'Serverless Ops: changes of database passwords');
    const keyArn = foundationValue(this, 'keyArn');
    const topicArn = foundationValue(this, 'topicArn');
    const network = createPasswordNetwork(this);
    const lookUp = createLookUpFunction(this, built.lookUpFolder);
    const change = createChangeFunction(this, { bundleFolder: built.changeFolder, keyArn, network });
    const stateMachine = createPasswordStateMachine(this, { lookUp, change, keyArn, topicArn });
    describeOutputs(this, { network, stateMachine });
  }
}
