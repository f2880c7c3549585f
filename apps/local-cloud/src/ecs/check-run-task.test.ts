import { checkRunTask } from './check-run-task.ts';
import type { CapacityProviderStrategyItem } from './clusters.ts';
import { runTaskRequestSchema } from './run-task-request.ts';
import type { RegisteredTaskDefinition } from './task-definition.ts';

const definition: RegisteredTaskDefinition = {
  family: 'worker',
  containerDefinitions: [],
  networkMode: 'none',
  requiresCompatibilities: ['FARGATE'],
  taskDefinitionArn: 'arn:aws:ecs:eu-central-1:111111111111:task-definition/worker:1',
  revision: 1,
  status: 'ACTIVE',
  registeredAt: 0,
};

/** What a task is given by a cluster with these providers, when it asks for capacity this way. */
function capacityOf(
  asked: object,
  capacityProviders: string[],
  defaultCapacityProviderStrategy: CapacityProviderStrategyItem[] = [],
): object {
  const request = runTaskRequestSchema.parse({ taskDefinition: 'worker', ...asked });
  return checkRunTask(request, definition, {
    name: 'ops',
    clusterArn: 'arn',
    capacityProviders,
    defaultCapacityProviderStrategy,
  });
}

const spot = { capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }] };

describe('the capacity of a task', () => {
  it('is that of its launch type, whatever providers the cluster has', () => {
    expect(capacityOf({ launchType: 'FARGATE' }, [])).toEqual({
      launchType: 'FARGATE',
      capacityProviderName: undefined,
    });
  });

  it('is that of the provider which the strategy gives a weight', () => {
    const strategy = [{ capacityProvider: 'FARGATE' }, ...spot.capacityProviderStrategy];

    expect(capacityOf({ capacityProviderStrategy: strategy }, ['FARGATE', 'FARGATE_SPOT'])).toEqual({
      launchType: 'FARGATE',
      capacityProviderName: 'FARGATE_SPOT',
    });
  });

  it.each([
    ['neither a launch type nor a strategy', {}, 'FARGATE_SPOT'],
    ['a launch type', { launchType: 'FARGATE' }, undefined],
    ['a strategy of its own', { capacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 1 }] }, 'FARGATE'],
  ])('in a cluster with a default strategy, when the task names %s', (_, asked, capacityProviderName) => {
    const defaultStrategy = [{ capacityProvider: 'FARGATE_SPOT', weight: 1, base: 0 }];

    expect(capacityOf(asked, ['FARGATE', 'FARGATE_SPOT'], defaultStrategy)).toEqual({
      launchType: 'FARGATE',
      capacityProviderName,
    });
  });

  it.each([
    [
      'a provider that the cluster does not have',
      spot,
      ['FARGATE'],
      'The specified capacity provider strategy cannot contain a capacity provider that is not associated with the ' +
        'cluster. Associate the capacity provider with the cluster or specify a valid capacity provider and try again.',
    ],
    [
      'a launch type and a strategy',
      { launchType: 'FARGATE', ...spot },
      ['FARGATE_SPOT'],
      'Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.',
    ],
    ['neither', {}, ['FARGATE'], 'No Container Instances were found in your cluster.'],
  ])('is refused for %s', (_, asked, providers, message) => {
    expect(() => capacityOf(asked, providers)).toThrow(message);
  });
});

describe('the overrides of a task', () => {
  const withOverrides = (characters: number) => {
    const empty = JSON.stringify({ containerOverrides: [], cpu: '' }).length;
    return { launchType: 'FARGATE', overrides: { containerOverrides: [], cpu: 'x'.repeat(characters - empty) } };
  };

  it('may have 8,192 characters of JSON', () => {
    expect(capacityOf(withOverrides(8192), [])).toMatchObject({ launchType: 'FARGATE' });
    expect(() => capacityOf(withOverrides(8193), [])).toThrow('Container Overrides length must be at most 8192');
  });
});

describe('startedBy', () => {
  const parse = (startedBy: string) => runTaskRequestSchema.safeParse({ taskDefinition: 'worker', startedBy }).success;

  it.each(['x'.repeat(128), 'ops/job_1-a', ''])('may be %j', (startedBy) => {
    expect(parse(startedBy)).toBe(true);
  });

  it.each(['x'.repeat(129), 'job.1', 'job 1', 'größe', 'a:b'])('may not be %j', (startedBy) => {
    expect(parse(startedBy)).toBe(false);
  });
});
