import { randomBytes } from 'node:crypto';
import type { ResourceHandlers } from '../cloudformation/resource-handler.ts';
import type { AwsService } from '../endpoint/aws-service.ts';
import type { EmitEvent } from '../endpoint/service.ts';
import type { SessionCredentials } from '../iam/session-credentials.ts';
import { Clusters } from './clusters.ts';
import type { ContainerImage } from './container-image.ts';
import { ecsResources } from './ecs-resources.ts';
import { createEcsService } from './ecs-service.ts';
import { checkRoles, type ExecutionRoleOptions, prepareAsExecutionRole } from './execution-role.ts';
import { TaskDefinitions } from './task-definitions.ts';
import { TaskEndpoints } from './task-endpoints.ts';
import { taskStateChange } from './task-event.ts';
import { TaskRunner } from './task-runner.ts';
import { Tasks } from './tasks.ts';

export interface EcsOptions extends ExecutionRoleOptions {
  now: () => Date;
  emitEvent: EmitEvent;
  endpointUrl: () => string;
  issueCredentials: (roleArn: string, sessionName: string) => SessionCredentials;
  /** `PATH` of containers, whatever their image sets: what an image installs is this machine's here. */
  path: string;
}

export interface Ecs {
  service: AwsService;
  resources: ResourceHandlers;
  taskEndpoints: TaskEndpoints;
  /** Makes a cluster that no template has. It takes both capacities of Fargate, spot for who asks for none. */
  createCluster(name: string): void;
  /** Stops every task and waits for the end of its processes. */
  close(): Promise<void>;
}

/** ECS with Fargate, its containers being processes of this machine. */
export function createEcs(options: EcsOptions): Ecs {
  const { account, now, logs } = options;
  const clusters = new Clusters(account);
  const definitions = new TaskDefinitions(account, now);
  const tasks = new Tasks(now);
  const images = new Map<string, ContainerImage>();
  const taskEndpoints = new TaskEndpoints({ ...options, newSecret: () => randomBytes(32).toString('base64url') });

  const runner = new TaskRunner({
    logs,
    now,
    path: options.path,
    findImage: (image) => images.get(image),
    taskEnvironment: (task) => ({
      AWS_EXECUTION_ENV: 'AWS_ECS_FARGATE',
      AWS_REGION: account.region,
      AWS_DEFAULT_REGION: account.region,
      ...taskEndpoints.environmentOf(task),
    }),
    prepare: (task, container) => prepareAsExecutionRole(options, task, container),
    onChange: (task) => {
      if (task.lastStatus === 'STOPPED') taskEndpoints.forget(task);
      options.emitEvent(taskStateChange(task, now()));
    },
  });

  return {
    service: createEcsService({ account, clusters, definitions, tasks, runner, now, checkRoles: checkRoles(options) }),
    resources: ecsResources({ clusters, definitions, images }),
    taskEndpoints,
    createCluster: (name) => {
      const spot = { capacityProvider: 'FARGATE_SPOT', weight: 1, base: 0 };
      clusters.create(name, ['FARGATE', 'FARGATE_SPOT'], [spot]);
    },
    close: () => runner.close(tasks.listLiving()),
  };
}
