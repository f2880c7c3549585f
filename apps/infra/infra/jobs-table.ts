import type { OpsStack } from '@serverless-ops/cdk-kit';
import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';

/** How far running jobs are. Nothing in it is worth a backup: what counts is in the executions and the manifests. */
export function createJobsTable(stack: OpsStack): Table {
  return new Table(stack, 'JobsTable', {
    tableName: stack.names.jobsTable,
    partitionKey: { name: 'job_id', type: AttributeType.STRING },
    timeToLiveAttribute: 'expires_at',
    billingMode: BillingMode.PAY_PER_REQUEST,
    removalPolicy: RemovalPolicy.DESTROY,
  });
}
