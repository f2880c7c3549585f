import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { ECS_LIMITS } from '@serverless-ops/aws-limits';
import { z } from 'zod';
import { type Account, arnOf } from '../endpoint/account.ts';
import { action as anyAction } from '../endpoint/action.ts';
import { AwsError } from '../endpoint/aws-error.ts';
import type { AwsService } from '../endpoint/aws-service.ts';
import { page } from '../endpoint/page.ts';
import { CallRate } from './call-rate.ts';
import { type Capacity, checkRunTask } from './check-run-task.ts';
import type { Cluster, Clusters } from './clusters.ts';
import { ecsPermissions } from './ecs-permissions.ts';
import { placementProblem } from './fargate-quota.ts';
import { type RunTaskRequest, runTaskRequestSchema } from './run-task-request.ts';
import { asUnixSeconds, describeTask, type Task } from './task.ts';
import { type RegisteredTaskDefinition, taskDefinitionSchema } from './task-definition.ts';
import { type TaskRoles, taskRoles } from './task-roles.ts';
import type { TaskDefinitions } from './task-definitions.ts';
import type { TaskRunner } from './task-runner.ts';
import type { Tasks } from './tasks.ts';

export interface EcsServiceOptions {
  account: Account;
  clusters: Clusters;
  definitions: TaskDefinitions;
  tasks: Tasks;
  runner: TaskRunner;
  /** Throws when ECS could not use the roles of a task. */
  checkRoles: (roles: TaskRoles) => void;
  now: () => Date;
}

const INVALID = 'InvalidParameterException';
const action: typeof anyAction = (schema, run) => anyAction(schema, run, INVALID);
const cluster = z.string().default('default');
const paged = { maxResults: z.int().min(1).max(100).default(100), nextToken: z.string().optional() };

/** Clusters, task definitions and tasks; services, instances and the rest of ECS are not here. */
export function createEcsService(options: EcsServiceOptions): AwsService {
  const { account, clusters, definitions, tasks, runner, now } = options;
  const acceptedByToken = new Map<string, { request: RunTaskRequest; tasks: Task[] }>();
  const perSecond = ECS_LIMITS.runTaskCallsPerSecond;
  const callRate = new CallRate({ capacity: perSecond, perSecond, now });

  const newTask = (request: RunTaskRequest, definition: RegisteredTaskDefinition, capacity: Capacity): Task => {
    const id = randomUUID().replaceAll('-', '');
    const { name, clusterArn } = clusters.require(request.cluster);
    return {
      id,
      taskArn: arnOf(account, 'ecs', `task/${name}/${id}`),
      clusterArn,
      definition,
      overrides: request.overrides,
      ...capacity,
      startedBy: request.startedBy,
      group: request.group ?? `family:${definition.family}`,
      subnetId: request.networkConfiguration?.awsvpcConfiguration.subnets[0],
      tags: request.tags,
      containers: definition.containerDefinitions.map((container) => ({
        name: container.name,
        image: container.image,
        containerArn: arnOf(account, 'ecs', `container/${name}/${id}/${randomUUID()}`),
        lastStatus: 'PENDING',
      })),
      lastStatus: 'PROVISIONING',
      desiredStatus: 'RUNNING',
      version: 1,
      createdAt: now(),
    };
  };

  const runTask = action(runTaskRequestSchema, (request) => {
    callRate.take();
    const known = request.clientToken === undefined ? undefined : acceptedByToken.get(request.clientToken);
    if (known && !isDeepStrictEqual(known.request, request)) {
      throw new AwsError('ConflictException', 'The clientToken was used before with other parameters.');
    }
    const { started, failures } = known ? { started: known.tasks, failures: [] } : startTasks(request);
    return { tasks: started.map((task) => describeTask(task, asUnixSeconds)), failures };
  });

  const startTasks = (request: RunTaskRequest): { started: Task[]; failures: { reason: string }[] } => {
    const cluster = clusters.require(request.cluster);
    const definition = definitions.require(request.taskDefinition);
    const capacity = checkRunTask(request, definition, cluster);
    options.checkRoles(taskRoles(definition, request.overrides));
    const started: Task[] = [];
    const failures: { reason: string }[] = [];
    for (let count = 0; count < request.count; count += 1) {
      const task = newTask(request, definition, capacity);
      const reason = placementProblem(task, tasks.listLiving());
      if (reason === undefined) {
        started.push(task);
        tasks.add(task);
        runner.start(task);
      } else failures.push({ reason });
    }
    if (request.clientToken !== undefined) acceptedByToken.set(request.clientToken, { request, tasks: started });
    return { started, failures };
  };

  const describeTasks = action(z.object({ cluster, tasks: z.array(z.string()).min(1).max(100) }), (input) => {
    const { clusterArn } = clusters.require(input.cluster);
    const found = input.tasks.map((reference) => [reference, tasks.find(clusterArn, reference)] as const);
    return {
      tasks: found.flatMap(([, task]) => (task ? [describeTask(task, asUnixSeconds)] : [])),
      failures: found.flatMap(([reference, task]) =>
        task ? [] : [{ arn: tasks.arnOf(clusterArn, reference), reason: 'MISSING' }],
      ),
    };
  });

  const listTasks = action(
    z.object({
      cluster,
      family: z.string().optional(),
      startedBy: z.string().optional(),
      desiredStatus: z.enum(['RUNNING', 'PENDING', 'STOPPED']).default('RUNNING'),
      launchType: z.string().optional(),
      ...paged,
    }),
    (input) => {
      const { clusterArn } = clusters.require(input.cluster);
      const matching = tasks
        .list(clusterArn)
        .filter(
          (task) =>
            (input.family === undefined || task.definition.family === input.family) &&
            (input.startedBy === undefined || task.startedBy === input.startedBy) &&
            (input.launchType === undefined || task.launchType === input.launchType) &&
            task.desiredStatus === input.desiredStatus,
        );
      const found = page(matching, { size: input.maxResults, token: input.nextToken }, INVALID);
      return { taskArns: found.items.map(({ taskArn }) => taskArn), nextToken: found.nextToken };
    },
  );

  const stopTask = action(z.object({ cluster, task: z.string(), reason: z.string().optional() }), (input) => {
    const task = tasks.find(clusters.require(input.cluster).clusterArn, input.task);
    if (!task) throw new AwsError(INVALID, 'The referenced task was not found.');
    runner.stop(task, input.reason ?? 'Task stopped by user');
    return { task: describeTask(task, asUnixSeconds) };
  });

  const describeTaskDefinition = action(z.object({ taskDefinition: z.string() }), (input) => {
    const definition = definitions.find(input.taskDefinition);
    if (!definition) throw new AwsError('ClientException', 'Unable to describe task definition.');
    return { taskDefinition: definition, tags: [] };
  });

  const registerTaskDefinition = action(taskDefinitionSchema, (input) => ({
    taskDefinition: definitions.register(input),
  }));

  const listTaskDefinitions = action(
    z.object({
      familyPrefix: z.string().optional(),
      status: z.string().default('ACTIVE'),
      sort: z.enum(['ASC', 'DESC']).default('ASC'),
      ...paged,
    }),
    (input) => {
      const matching = definitions
        .list()
        .filter((each) => each.status === input.status && (input.familyPrefix ?? each.family) === each.family);
      if (input.sort === 'DESC') matching.reverse();
      const found = page(matching, { size: input.maxResults, token: input.nextToken }, INVALID);
      return { taskDefinitionArns: found.items.map((each) => each.taskDefinitionArn), nextToken: found.nextToken };
    },
  );

  const listTaskDefinitionFamilies = action(z.object({ familyPrefix: z.string().default(''), ...paged }), (input) => {
    const families = new Set(definitions.list().map(({ family }) => family));
    const matching = [...families].filter((family) => family.startsWith(input.familyPrefix));
    const found = page(matching, { size: input.maxResults, token: input.nextToken }, INVALID);
    return { families: found.items, nextToken: found.nextToken };
  });

  const describeClusters = action(z.object({ clusters: z.array(z.string()).default(['default']) }), (input) => {
    const found = input.clusters.map((reference) => [reference, clusters.find(reference)] as const);
    return {
      clusters: found.flatMap(([, each]) => (each ? [describeCluster(each, tasks.list(each.clusterArn))] : [])),
      failures: found.flatMap(([reference, each]) =>
        each ? [] : [{ arn: clusters.arnOf(reference), reason: 'MISSING' }],
      ),
    };
  });

  const listClusters = action(z.object(paged), (input) => {
    const found = page(clusters.list(), { size: input.maxResults, token: input.nextToken }, INVALID);
    return { clusterArns: found.items.map(({ clusterArn }) => clusterArn), nextToken: found.nextToken };
  });

  return {
    name: 'ecs',
    actions: {
      RunTask: runTask,
      DescribeTasks: describeTasks,
      ListTasks: listTasks,
      StopTask: stopTask,
      DescribeTaskDefinition: describeTaskDefinition,
      RegisterTaskDefinition: registerTaskDefinition,
      ListTaskDefinitions: listTaskDefinitions,
      ListTaskDefinitionFamilies: listTaskDefinitionFamilies,
      DescribeClusters: describeClusters,
      ListClusters: listClusters,
    },
    permissions: (actionName, input) => ecsPermissions({ account, clusters, definitions, tasks }, actionName, input),
  };
}

const describeCluster = (
  { name, clusterArn, capacityProviders, defaultCapacityProviderStrategy }: Cluster,
  tasks: Task[],
) => ({
  clusterArn,
  clusterName: name,
  status: 'ACTIVE',
  registeredContainerInstancesCount: 0,
  runningTasksCount: tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING').length,
  pendingTasksCount: tasks.filter(({ lastStatus }) => lastStatus === 'PENDING' || lastStatus === 'PROVISIONING').length,
  activeServicesCount: 0,
  capacityProviders,
  defaultCapacityProviderStrategy,
});
