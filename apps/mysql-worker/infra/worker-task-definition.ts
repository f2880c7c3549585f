import type { OpsStack } from '@serverless-ops/cdk-kit';
import { ENVIRONMENT, WORKER_CONTAINER_NAME } from '@serverless-ops/names';
import { Duration } from 'aws-cdk-lib';
import { DockerImageAsset, Platform } from 'aws-cdk-lib/aws-ecr-assets';
import {
  AwsLogDriverMode,
  Capability,
  ContainerImage,
  CpuArchitecture,
  FargateTaskDefinition,
  LinuxParameters,
  LogDrivers,
  OperatingSystemFamily,
} from 'aws-cdk-lib/aws-ecs';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { WorkerRoles } from './worker-roles.ts';

export interface WorkerTaskDefinitionProps {
  readonly roles: WorkerRoles;
  readonly logGroup: ILogGroup;
  readonly bundleFolder: string;
}

/** The most that Fargate gives between SIGTERM and SIGKILL. */
const STOP_TIMEOUT = Duration.seconds(120);

/** What the settings call an architecture, for the task and for its image. */
const ARCHITECTURES = {
  arm64: { cpuArchitecture: CpuArchitecture.ARM64, platform: Platform.LINUX_ARM64 },
  x86_64: { cpuArchitecture: CpuArchitecture.X86_64, platform: Platform.LINUX_AMD64 },
};

/**
 * How a job runs: the worker's image, as a user without rights, on a file system that it cannot change. Its role is that of
 * backups, so that one can be run without the workflow; the workflow names the role of each job.
 */
export function createWorkerTaskDefinition(stack: OpsStack, props: WorkerTaskDefinitionProps): FargateTaskDefinition {
  const { settings, names } = stack;
  const { cpu, memoryMib, cpuArchitecture: architecture, baseImage } = settings.mysqlWorker;
  const { cpuArchitecture, platform } = ARCHITECTURES[architecture];
  const taskDefinition = new FargateTaskDefinition(stack, 'WorkerTaskDefinition', {
    family: names.workerFamily,
    cpu,
    memoryLimitMiB: memoryMib,
    runtimePlatform: { cpuArchitecture, operatingSystemFamily: OperatingSystemFamily.LINUX },
    taskRole: props.roles.task.backup,
    executionRole: props.roles.execution,
  });
  const image = new DockerImageAsset(stack, 'WorkerImage', {
    directory: props.bundleFolder,
    platform,
    ...(baseImage !== undefined && { buildArgs: { BASE_IMAGE: baseImage } }),
  });
  const container = taskDefinition.addContainer(WORKER_CONTAINER_NAME, {
    image: ContainerImage.fromDockerImageAsset(image),
    environment: {
      [ENVIRONMENT.parameterPrefix]: settings.parameterPrefix,
      [ENVIRONMENT.jobsTable]: names.jobsTable,
      [ENVIRONMENT.databaseTls]: settings.databaseTls,
    },
    // Blocking: a job waits for its log rather than going on without one.
    logging: LogDrivers.awsLogs({
      logGroup: props.logGroup,
      streamPrefix: 'worker',
      mode: AwsLogDriverMode.BLOCKING,
    }),
    linuxParameters: withoutCapabilities(stack),
    readonlyRootFilesystem: true,
    stopTimeout: STOP_TIMEOUT,
  });
  // For scripts that need a place for a moment; nothing of a backup goes there.
  taskDefinition.addVolume({ name: 'tmp' });
  container.addMountPoints({ sourceVolume: 'tmp', containerPath: '/tmp', readOnly: false });
  return taskDefinition;
}

/** The init process passes signals on to the worker and buries the children that scripts leave behind. */
function withoutCapabilities(stack: OpsStack): LinuxParameters {
  const parameters = new LinuxParameters(stack, 'WorkerLinuxParameters', { initProcessEnabled: true });
  parameters.dropCapabilities(Capability.ALL);
  return parameters;
}
