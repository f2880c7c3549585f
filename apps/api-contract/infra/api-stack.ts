import { OpsStack } from '@serverless-ops/cdk-kit';
import type { Settings } from '@serverless-ops/settings';
import type { App } from 'aws-cdk-lib';
import { createApiRole } from './api-role.ts';
import { createJobStatusWorkflow } from './job-status-workflow.ts';
import { createOutputs } from './outputs.ts';
import { createRestApi } from './rest-api.ts';

/**
 * The REST API: API Gateway calls the state machines of other stacks, found by their names, and the Express workflow
 * that says how a job is. No function, and nothing that costs anything between requests.
 */
export class ApiStack extends OpsStack {
  constructor(app: App, settings: Settings) {
    super(app, settings, 'api', 'Serverless Ops: the REST API');
    createJobStatusWorkflow(this);
    createOutputs(this, createRestApi(this, createApiRole(this)));
  }
}
