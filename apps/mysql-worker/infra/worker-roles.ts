import { createServiceRole, type OpsStack } from '@serverless-ops/cdk-kit';
import { backupBucketName } from '@serverless-ops/names';
import { ArnFormat } from 'aws-cdk-lib';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';

/** The roles of the worker's containers. */
export interface WorkerRoles {
  /** What the worker itself may do. */
  readonly task: Role;
  /** What ECS may do to start it; pulling the image and writing the log are added with the task definition. */
  readonly execution: Role;
}

export function createWorkerRoles(stack: OpsStack, keyArn: string): WorkerRoles {
  return {
    task: createServiceRole(stack, 'WorkerTaskRole', {
      service: 'ecs-tasks',
      description: 'What MySQL jobs may do in AWS',
      statements: [
        readDatabaseParameters(stack),
        useKeyThrough(stack, 'ssm', ['kms:Decrypt'], keyArn),
        storeBackups(stack),
        // Each part of a multipart upload is decrypted again when S3 puts the object together.
        useKeyThrough(stack, 's3', ['kms:GenerateDataKey', 'kms:Decrypt'], keyArn),
        writeProgress(stack),
        reportToWorkflow(stack),
      ],
    }),
    execution: createServiceRole(stack, 'WorkerExecutionRole', {
      service: 'ecs-tasks',
      description: 'What ECS may do to start a MySQL job',
      statements: [],
    }),
  };
}

/** Rights on the key that hold only for what one service does with it, not for data brought along. */
export function useKeyThrough(stack: OpsStack, service: string, actions: string[], keyArn: string): PolicyStatement {
  return new PolicyStatement({
    actions,
    resources: [keyArn],
    conditions: { StringEquals: { 'kms:ViaService': `${service}.${stack.region}.amazonaws.com` } },
  });
}

function readDatabaseParameters(stack: OpsStack): PolicyStatement {
  const path = `${stack.settings.parameterPrefix.slice(1)}/databases`;
  return new PolicyStatement({
    actions: ['ssm:GetParametersByPath', 'ssm:GetParameter'],
    resources: [stack.formatArn({ service: 'ssm', resource: 'parameter', resourceName: `${path}/*` })],
  });
}

/** Backups are only added. Whoever takes over a worker can read none of the old ones, and delete none. */
function storeBackups(stack: OpsStack): PolicyStatement {
  const { settings, account, region } = stack;
  const ownBucket = settings.backups.bucketName ?? backupBucketName(settings.namePrefix, account, region);
  const folders = new Set([
    `${ownBucket}/${settings.backups.path}`,
    ...settings.databases.map(({ s3Bucket, s3Path }) => `${s3Bucket ?? ownBucket}/${s3Path}`),
  ]);
  return new PolicyStatement({
    actions: ['s3:PutObject', 's3:AbortMultipartUpload'],
    resources: [...folders].map((folder) =>
      stack.formatArn({
        service: 's3',
        region: '',
        account: '',
        resource: `${folder}/*`,
        arnFormat: ArnFormat.NO_RESOURCE_NAME,
      }),
    ),
  });
}

function writeProgress(stack: OpsStack): PolicyStatement {
  return new PolicyStatement({
    actions: ['dynamodb:PutItem'],
    resources: [stack.formatArn({ service: 'dynamodb', resource: 'table', resourceName: stack.names.jobsTable })],
  });
}

function reportToWorkflow(stack: OpsStack): PolicyStatement {
  return new PolicyStatement({
    actions: ['states:SendTaskSuccess', 'states:SendTaskFailure', 'states:SendTaskHeartbeat'],
    resources: [workerStateMachineArn(stack)],
  });
}

/** By its name: the workflow passes the roles on, so it can only be made after them. */
export function workerStateMachineArn(stack: OpsStack): string {
  return stack.formatArn({
    service: 'states',
    resource: 'stateMachine',
    resourceName: stack.names.workerStateMachine,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}
