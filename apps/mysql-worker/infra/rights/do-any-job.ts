import {
  arnOfExecutions,
  readReferredSecrets,
  arnOfStateMachine,
  useKeyThrough,
  type OpsStack,
} from '@serverless-ops/cdk-kit';
import { databaseParameterPath } from '@serverless-ops/names';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** Attributes of a job's item in the jobs table that the worker writes (libs/job-progress), and its key. */
const PROGRESS_ATTRIBUTES = ['job_id', 'progress', 'expires_at'];

/**
 * What every job needs: the parameters of its database, its own order, and to tell how far it is and how it ended.
 *
 * @param databases those that it may read, as `db_name/db_env`; absent: every one
 */
export function doAnyJob(stack: OpsStack, keyArn: string, databases?: readonly string[]): PolicyStatement[] {
  const { workerStateMachine } = stack.names;
  return [
    new PolicyStatement({
      actions: ['ssm:GetParametersByPath', 'ssm:GetParameter'],
      resources: databaseParameters(stack, databases),
    }),
    useKeyThrough(stack, 'ssm', ['kms:Decrypt'], keyArn),
    ...readReferredSecrets(stack),
    writeProgress(stack),
    new PolicyStatement({
      actions: ['states:DescribeExecution'],
      resources: [arnOfExecutions(stack, workerStateMachine)],
    }),
    new PolicyStatement({
      actions: ['states:SendTaskSuccess', 'states:SendTaskFailure', 'states:SendTaskHeartbeat'],
      // By its name: the workflow passes the roles on, so it can only be made after them.
      resources: [arnOfStateMachine(stack, workerStateMachine)],
    }),
  ];
}

function databaseParameters(stack: OpsStack, databases: readonly string[] = ['*']): string[] {
  const arnOf = (path: string): string =>
    stack.formatArn({ service: 'ssm', resource: 'parameter', resourceName: path.slice(1) });
  return databases.flatMap((database) => {
    if (database === '*') return [arnOf(`${stack.settings.parameterPrefix}/databases/*`)];
    const [dbName = '', dbEnv = ''] = database.split('/');
    const path = databaseParameterPath(stack.settings.parameterPrefix, dbName, dbEnv);
    // A path is read by GetParametersByPath, what is below it by GetParameter.
    return [arnOf(path), arnOf(`${path}/*`)];
  });
}

/**
 * Only these attributes, and no reading of others through what UpdateItem returns (DynamoDB developer guide, "Using IAM
 * policy conditions for fine-grained access control"). One role serves many jobs, so IAM cannot tell one's item from
 * another's.
 */
function writeProgress(stack: OpsStack): PolicyStatement {
  return new PolicyStatement({
    actions: ['dynamodb:UpdateItem'],
    resources: [stack.formatArn({ service: 'dynamodb', resource: 'table', resourceName: stack.names.jobsTable })],
    conditions: {
      'ForAllValues:StringEquals': { 'dynamodb:Attributes': PROGRESS_ATTRIBUTES },
      StringEqualsIfExists: { 'dynamodb:ReturnValues': ['NONE', 'UPDATED_OLD', 'UPDATED_NEW'] },
    },
  });
}
