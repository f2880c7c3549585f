import type { OpsStack } from '@serverless-ops/cdk-kit';
import { WORKER_PURPOSES, type WorkerPurpose } from '@serverless-ops/job-schemas';
import { ENVIRONMENT, WORKER_CONTAINER_NAME } from '@serverless-ops/names';
import { Duration } from 'aws-cdk-lib';
import { DockerImageAsset, Platform } from 'aws-cdk-lib/aws-ecr-assets';
import {
  AwsLogDriverMode,
  ContainerImage,
  CpuArchitecture,
  FargateTaskDefinition,
  LogDrivers,
  OperatingSystemFamily,
} from 'aws-cdk-lib/aws-ecs';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { containerRights } from './container-rights.ts';
import { sizeOfFamily } from './task-sizes.ts';
import type { WorkerRoles } from './worker-roles.ts';

export interface WorkerTaskDefinitionsProps {
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

/** Start of the logical id of each purpose's task definition. */
const IDS = {
  backup: 'Backup',
  restore: 'Restore',
  verify: 'Verify',
  prune: 'Prune',
  script: 'Script',
} as const satisfies Record<WorkerPurpose, string>;

/**
 * How jobs run: one image, and for each purpose a task definition family of its own with its role. A caller of RunTask
 * chooses the role by naming the family; no caller needs to override a role.
 */
export function createWorkerTaskDefinitions(stack: OpsStack, props: WorkerTaskDefinitionsProps): void {
  const image = createWorkerImage(stack, props.bundleFolder);
  for (const purpose of WORKER_PURPOSES) createTaskDefinition(stack, purpose, image, props);
}

function createWorkerImage(stack: OpsStack, directory: string): ContainerImage {
  const { cpuArchitecture, baseImage, imageRevision } = stack.settings.mysqlWorker;
  const buildArgs = {
    ...(baseImage !== undefined && { BASE_IMAGE: baseImage }),
    ...(imageRevision !== undefined && { IMAGE_REVISION: imageRevision }),
  };
  const asset = new DockerImageAsset(stack, 'WorkerImage', {
    directory,
    platform: ARCHITECTURES[cpuArchitecture].platform,
    ...(Object.keys(buildArgs).length > 0 && { buildArgs }),
  });
  return ContainerImage.fromDockerImageAsset(asset);
}

/** The container cannot change its root file system; what else it may do is in {@link containerRights}. */
function createTaskDefinition(
  stack: OpsStack,
  purpose: WorkerPurpose,
  image: ContainerImage,
  { roles, logGroup }: WorkerTaskDefinitionsProps,
): void {
  const { settings, names } = stack;
  const { cpuArchitecture } = settings.mysqlWorker;
  const { cpu, memoryMib } = sizeOfFamily(settings.mysqlWorker, purpose);
  const taskDefinition = new FargateTaskDefinition(stack, `${IDS[purpose]}TaskDefinition`, {
    family: names.workerFamilies[purpose],
    cpu,
    memoryLimitMiB: memoryMib,
    runtimePlatform: {
      cpuArchitecture: ARCHITECTURES[cpuArchitecture].cpuArchitecture,
      operatingSystemFamily: OperatingSystemFamily.LINUX,
    },
    taskRole: roles.task[purpose],
    executionRole: roles.execution,
  });
  const container = taskDefinition.addContainer(WORKER_CONTAINER_NAME, {
    image,
    environment: {
      [ENVIRONMENT.parameterPrefix]: settings.parameterPrefix,
      [ENVIRONMENT.jobsTable]: names.jobsTable,
      [ENVIRONMENT.databaseTls]: settings.databaseTls,
      ...(purpose === 'restore' &&
        settings.restoreAllowOverwrite.length > 0 && {
          [ENVIRONMENT.restoreAllowOverwrite]: settings.restoreAllowOverwrite.join(','),
        }),
    },
    // Blocking: a job waits for its log rather than going on without one.
    logging: LogDrivers.awsLogs({ logGroup, streamPrefix: 'worker', mode: AwsLogDriverMode.BLOCKING }),
    ...containerRights(stack, purpose),
    readonlyRootFilesystem: true,
    stopTimeout: STOP_TIMEOUT,
  });
  // For scripts that need a place for a moment; nothing of a backup goes there.
  taskDefinition.addVolume({ name: 'tmp' });
  container.addMountPoints({ sourceVolume: 'tmp', containerPath: '/tmp', readOnly: false });
}
