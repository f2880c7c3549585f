import { definitionProblems } from '@serverless-ops/states-language';
import type { StateMachineDefinition } from '@serverless-ops/workflow-kit';
import { definition, JOB_TASK_STATES, props, RETRIED_STATES, state, type Retrier } from '../testing/some-workflow.ts';
import { workerWorkflow } from './worker-workflow.ts';

describe('a job of a size of its own', () => {
  const { States, TimeoutSeconds } = workerWorkflow({
    ...props,
    tasks: {
      ...props.tasks,
      db_backup: { family: 'ops-mysql-worker-backup', timeoutHours: 12, size: { cpu: 4096, memoryMib: 8192 } },
    },
  });

  it('is given it, and its own time', () => {
    expect(States['db_backup']).toMatchObject({
      TimeoutSeconds: 43_200,
      Parameters: { TaskDefinition: 'ops-mysql-worker-backup', Overrides: { Cpu: '4096', Memory: '8192' } },
    });
    expect(TimeoutSeconds).toBe(133_200);
  });

  it('leaves the others as they are', () => {
    const { TimeoutSeconds: seconds, Parameters } = state('run_script', { ...definition, States });

    expect(seconds).toBe(21_600);
    expect(Parameters).not.toHaveProperty(['Overrides', 'Cpu']);
    expect(Parameters).not.toHaveProperty(['Overrides', 'Memory']);
  });

  it('names its own time and the setting of it when it takes longer', () => {
    expect(States['db_backup']?.['Catch']).toContainEqual(
      expect.objectContaining({ ErrorEquals: ['States.Timeout'], Next: 'db_backup_took_too_long' }),
    );
    expect(States['db_backup_took_too_long']).toMatchObject({
      Result: {
        Cause: expect.stringMatching(
          /not complete after 12 hours;.* set a higher tasks\.fargate\.mysql_worker\.jobs\.db_backup\.timeout_hours /,
        ) as unknown,
      },
    });
  });
});

describe('jobs on spot capacity', () => {
  const onSpot = workerWorkflow({ ...props, capacity: 'spot' });

  it.each(JOB_TASK_STATES)('name no capacity, so that ECS takes the default strategy of the cluster: %s', (name) => {
    const { Parameters } = state(name, onSpot);

    expect(state(name)['Parameters']).toHaveProperty('LaunchType');
    expect(Parameters).not.toHaveProperty('LaunchType');
    expect(Parameters).not.toHaveProperty('CapacityProviderStrategy');
  });

  it.each(JOB_TASK_STATES)(
    'are asked for with the parameters of jobs on demand, without the launch type: %s',
    (name) => {
      const { LaunchType: _, ...onDemand } = state(name)['Parameters'] as { LaunchType: string };

      expect(state(name, onSpot)['Parameters']).toEqual(onDemand);
    },
  );

  it.each(RETRIED_STATES)('are tried again when AWS takes it back, and on demand are not: %s', (name) => {
    const retried = (of: StateMachineDefinition): string[] =>
      (state(name, of)['Retry'] as Retrier[]).flatMap(({ ErrorEquals }) => ErrorEquals);

    expect(retried(onSpot)).toContain('Stopped');
    expect(retried(definition)).not.toContain('Stopped');
  });

  it('are valid States Language as well', () => {
    expect(definitionProblems(onSpot, { type: 'STANDARD' })).toEqual([]);
  });
});
