import type { RegisteredTaskDefinition } from './task-definition.ts';
import type { TaskOverride } from './run-task-request.ts';

export type TaskStatus = 'PROVISIONING' | 'PENDING' | 'RUNNING' | 'DEPROVISIONING' | 'STOPPED';
export type StopCode = 'EssentialContainerExited' | 'UserInitiated' | 'TaskFailedToStart';

export interface TaskContainer {
  name: string;
  image: string;
  containerArn: string;
  lastStatus: 'PENDING' | 'RUNNING' | 'STOPPED';
  exitCode?: number;
  reason?: string;
}

/** One task as ECS knows it; what describes it and what tells events about it reads from here. */
export interface Task {
  id: string;
  taskArn: string;
  clusterArn: string;
  definition: RegisteredTaskDefinition;
  overrides: TaskOverride;
  launchType: string;
  capacityProviderName?: string | undefined;
  startedBy?: string | undefined;
  group: string;
  subnetId?: string | undefined;
  tags: { key: string; value: string }[];
  containers: TaskContainer[];
  lastStatus: TaskStatus;
  desiredStatus: 'RUNNING' | 'STOPPED';
  /** Counts every change, so that a reader of events can tell the newer. */
  version: number;
  createdAt: Date;
  startedAt?: Date;
  stoppingAt?: Date;
  stoppedAt?: Date;
  stopCode?: StopCode;
  stoppedReason?: string;
}

type Moment = (date: Date | undefined) => number | string | undefined;
export const asUnixSeconds: Moment = (date) => date && date.getTime() / 1000;
export const asIsoText: Moment = (date) => date?.toISOString();

/** A task as `DescribeTasks` answers it, and with ISO times as events tell it. */
export function describeTask(task: Task, moment: Moment) {
  const { definition } = task;
  return {
    taskArn: task.taskArn,
    clusterArn: task.clusterArn,
    taskDefinitionArn: definition.taskDefinitionArn,
    containers: task.containers.map((container) => ({
      containerArn: container.containerArn,
      taskArn: task.taskArn,
      name: container.name,
      image: container.image,
      runtimeId: `${task.id}-${container.name}`,
      lastStatus: container.lastStatus,
      exitCode: container.exitCode,
      reason: container.reason,
      networkInterfaces: [],
      healthStatus: 'UNKNOWN',
    })),
    attachments: task.subnetId ? [networkInterface(task, task.subnetId)] : [],
    attributes: [],
    availabilityZone: undefined,
    capacityProviderName: task.capacityProviderName,
    cpu: task.overrides.cpu ?? definition.cpu,
    memory: task.overrides.memory ?? definition.memory,
    connectivity: task.startedAt ? 'CONNECTED' : undefined,
    createdAt: moment(task.createdAt),
    startedAt: moment(task.startedAt),
    stoppingAt: moment(task.stoppingAt),
    stoppedAt: moment(task.stoppedAt),
    desiredStatus: task.desiredStatus,
    lastStatus: task.lastStatus,
    enableExecuteCommand: false,
    group: task.group,
    healthStatus: 'UNKNOWN',
    launchType: task.launchType,
    platformVersion: task.launchType === 'FARGATE' ? '1.4.0' : undefined,
    platformFamily: task.launchType === 'FARGATE' ? 'Linux' : undefined,
    overrides: { inferenceAcceleratorOverrides: [], ...task.overrides },
    startedBy: task.startedBy,
    stopCode: task.stopCode,
    stoppedReason: task.stoppedReason,
    tags: task.tags,
    version: task.version,
  };
}

const networkInterface = ({ id, lastStatus }: Task, subnetId: string) => ({
  id,
  type: 'ElasticNetworkInterface',
  status: lastStatus === 'RUNNING' ? 'ATTACHED' : lastStatus === 'STOPPED' ? 'DELETED' : 'PRECREATED',
  details: [{ name: 'subnetId', value: subnetId }],
});
