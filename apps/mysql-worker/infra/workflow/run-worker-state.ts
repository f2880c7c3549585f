import { RETRYABLE_ERROR_CODES, type ErrorCode, type TaskSize } from '@serverless-ops/job-schemas';
import { ENVIRONMENT, WORKER_CONTAINER_NAME } from '@serverless-ops/names';
import type { MysqlWorkerSettings } from '@serverless-ops/settings';
import type { State } from '@serverless-ops/workflow-kit';
import { FARGATE_CAPACITY } from '../fargate-capacity.ts';

/** Five missed beats of the worker, and the 45 to 60 s that a Fargate container takes to start. */
export const HEARTBEAT_SECONDS = 300;

/** Attempts after the first at a job that failed under a retryable code. */
export const JOB_RETRIES = 2;

/**
 * Errors of the ECS integration that pass by themselves: capacity, throttling, a fault of ECS or of the way to it. A
 * request that ECS refuses as wrong (`ECS.InvalidParameterException`, `ECS.ClientException`, a missing cluster, a denied
 * right) is refused again, so it is not among them. These names are the integration's own; a task that was accepted and
 * then did not start is noticed through its event instead.
 */
const START_ERRORS = [
  'ECS.AmazonECSException',
  'ECS.ServerException',
  'ECS.ThrottlingException',
  'ECS.SdkClientException',
  'AmazonECS.Unknown',
];

/**
 * What is tried again because of the capacity. ECS stops a container of spot capacity when AWS takes the capacity back.
 * A person who wants to stop a job stops its execution, and then nothing is retried.
 */
const CAPACITY_ERRORS = { on_demand: [], spot: ['Stopped'] } as const satisfies Record<
  MysqlWorkerSettings['capacity'],
  readonly ErrorCode[]
>;

export interface RunWorkerProps {
  readonly partition: string;
  readonly cluster: string;
  /** Comma-separated. */
  readonly subnetIds: string;
  readonly securityGroupId: string;
  readonly assignPublicIp: boolean;
  readonly capacity: MysqlWorkerSettings['capacity'];
}

/** What the container of a job is given. */
export interface WorkerTask {
  /** Task definition family, without a revision. It says which role, user and capabilities the container has. */
  readonly family: string;
  /** @default - that of the task definition */
  readonly size?: Pick<TaskSize, 'cpu' | 'memoryMib'>;
  readonly timeoutHours: number;
}

/** What one state orders from the worker. */
export interface WorkerOrder {
  readonly task: WorkerTask;
  readonly hasDatabase: boolean;
  /** Whether the job may start again after a report of an error that may pass. */
  readonly retryable: boolean;
}

/** Where a worker's outcome is taken up. */
export interface RunWorkerTargets {
  readonly succeeded: string;
  readonly fellSilent: string;
  readonly tookTooLong: string;
  readonly failed: string;
}

/**
 * Starts a container for the job and waits for what it reports. Every parameter is on AWS's list of those that the
 * optimized integration supports (Step Functions developer guide, connect-ecs): `StartedBy` and
 * `Overrides.TaskRoleArn` are not on it.
 */
export function runWorkerState(
  props: RunWorkerProps,
  { task, hasDatabase, retryable }: WorkerOrder,
  targets: RunWorkerTargets,
): State {
  return {
    Type: 'Task',
    Resource: `arn:${props.partition}:states:::ecs:runTask.waitForTaskToken`,
    HeartbeatSeconds: HEARTBEAT_SECONDS,
    TimeoutSeconds: task.timeoutHours * 3600,
    Parameters: {
      ...FARGATE_CAPACITY[props.capacity],
      PlatformVersion: 'LATEST',
      Cluster: props.cluster,
      TaskDefinition: task.family,
      NetworkConfiguration: {
        AwsvpcConfiguration: {
          'Subnets.$': `States.StringSplit('${props.subnetIds}', ',')`,
          SecurityGroups: [props.securityGroupId],
          AssignPublicIp: props.assignPublicIp ? 'ENABLED' : 'DISABLED',
        },
      },
      Overrides: {
        ...(task.size && { Cpu: String(task.size.cpu), Memory: String(task.size.memoryMib) }),
        ContainerOverrides: [{ Name: WORKER_CONTAINER_NAME, Environment: environment(hasDatabase) }],
      },
    },
    ResultPath: '$.result',
    Retry: [
      {
        ErrorEquals: START_ERRORS,
        IntervalSeconds: 10,
        BackoffRate: 2,
        MaxAttempts: 6,
        MaxDelaySeconds: 120,
        JitterStrategy: 'FULL',
      },
      ...(retryable
        ? [
            {
              ErrorEquals: [...RETRYABLE_ERROR_CODES, ...CAPACITY_ERRORS[props.capacity]],
              IntervalSeconds: 30,
              BackoffRate: 2,
              MaxAttempts: JOB_RETRIES,
              MaxDelaySeconds: 120,
              JitterStrategy: 'FULL',
            },
          ]
        : []),
    ],
    Catch: [
      { ErrorEquals: ['States.HeartbeatTimeout'], ResultPath: '$.failure', Next: targets.fellSilent },
      { ErrorEquals: ['States.Timeout'], ResultPath: '$.failure', Next: targets.tookTooLong },
      { ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: targets.failed },
    ],
    Next: targets.succeeded,
  };
}

/**
 * The job's options are not among these: the worker reads them from its execution. They could be longer than all overrides
 * of a task may be (8,192 characters).
 */
function environment(hasDatabase: boolean): object[] {
  const fromPath = (name: string, path: string): object => ({ Name: name, 'Value.$': path });
  return [
    fromPath(ENVIRONMENT.taskToken, '$$.Task.Token'),
    fromPath(ENVIRONMENT.jobId, '$$.Execution.Name'),
    fromPath(ENVIRONMENT.executionArn, '$$.Execution.Id'),
    fromPath(ENVIRONMENT.jobName, '$.job_name'),
    ...(hasDatabase
      ? [fromPath(ENVIRONMENT.dbName, '$.job_options.db_name'), fromPath(ENVIRONMENT.dbEnv, '$.job_options.db_env')]
      : []),
  ];
}
