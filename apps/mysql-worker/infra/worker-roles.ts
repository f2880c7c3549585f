import { createServiceRole, readReferredSecrets, useKeyThrough, type OpsStack } from '@serverless-ops/cdk-kit';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { storeBackups } from './rights/store-backups.ts';
import { workerStateMachineArn } from './worker-state-machine-arn.ts';

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
        ...readReferredSecrets(stack),
        ...storeBackups(stack),
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

function readDatabaseParameters(stack: OpsStack): PolicyStatement {
  const path = `${stack.settings.parameterPrefix.slice(1)}/databases`;
  return new PolicyStatement({
    actions: ['ssm:GetParametersByPath', 'ssm:GetParameter'],
    resources: [stack.formatArn({ service: 'ssm', resource: 'parameter', resourceName: `${path}/*` })],
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
