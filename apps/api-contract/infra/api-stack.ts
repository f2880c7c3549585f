import { OpsStack } from '@serverless-ops/cdk-kit';
import type { Settings } from '@serverless-ops/settings';
import type { App } from 'aws-cdk-lib';
import { createApiRole } from './api-role.ts';
import { createJobStatusWorkflow } from './job-status-workflow.ts';
import { createOutputs } from './outputs.ts';
import { createRestApi } from './rest-api.ts';
import { createStartJobWorkflow } from './start-job-workflow.ts';

/**
 * The REST API: API Gateway calls two Express workflows, one that starts a job and one that says how a job is. They find
 * the state machines of other stacks by their names. No function, and nothing that costs anything between requests.
 */
export class ApiStack extends OpsStack {
  constructor(app: App, settings: Settings) {
    super(app, settings, 'api', 'Serverless Ops: the REST API');
    createStartJobWorkflow(this);
    createJobStatusWorkflow(this);
    createOutputs(this, createRestApi(this, createApiRole(this)));
  }
}
