import type { OpsStack } from '@serverless-ops/cdk-kit';
import { Capability, LinuxParameters, type ContainerDefinitionOptions } from 'aws-cdk-lib/aws-ecs';
import type { WorkerPurpose } from '@serverless-ops/job-schemas';

/** User and capabilities of a container. */
type ContainerRights = Pick<ContainerDefinitionOptions, 'user' | 'linuxParameters'>;

/**
 * The capabilities that Docker gives a container, without SETUID, SETGID and KILL (Docker's documentation, "Runtime
 * privilege and Linux capabilities"; ECS refers to it in KernelCapabilities). They are dropped one by one: Fargate adds
 * none after `ALL` but SYS_PTRACE.
 */
const DROPPED_FROM_SCRIPTS = [
  Capability.AUDIT_WRITE,
  Capability.CHOWN,
  Capability.DAC_OVERRIDE,
  Capability.FOWNER,
  Capability.FSETID,
  Capability.MKNOD,
  Capability.NET_BIND_SERVICE,
  Capability.NET_RAW,
  Capability.SETFCAP,
  Capability.SETPCAP,
  Capability.SYS_CHROOT,
];

/**
 * What a container may do on its machine. A worker of backups and restores runs as the user of the image and has no
 * capability. A worker of scripts runs as root, so that it can start a script as a user that cannot read the worker's
 * memory and environment, and can stop it again; it has the three capabilities for that and no other. The init process
 * passes signals on to the worker and buries the children that scripts leave behind.
 */
export function containerRights(stack: OpsStack, purpose: WorkerPurpose): ContainerRights {
  const linuxParameters = new LinuxParameters(stack, `${purpose}LinuxParameters`, { initProcessEnabled: true });
  if (purpose !== 'script') {
    linuxParameters.dropCapabilities(Capability.ALL);
    return { linuxParameters };
  }
  linuxParameters.dropCapabilities(...DROPPED_FROM_SCRIPTS);
  return { linuxParameters, user: '0:0' };
}
