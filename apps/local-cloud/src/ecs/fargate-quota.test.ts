import { placementProblem, vcpusOf } from './fargate-quota.ts';
import type { Task } from './task.ts';

const task = (cpu: string, capacityProviderName?: string, override?: string): Task =>
  ({
    definition: { cpu },
    overrides: { containerOverrides: [], cpu: override },
    capacityProviderName,
  }) as unknown as Task;

describe('the vCPUs of an account', () => {
  it('are six for tasks on demand, the last of them included', () => {
    const five = Array.from({ length: 5 }, () => task('1024'));
    expect(placementProblem(task('1024'), five)).toBeUndefined();
    expect(placementProblem(task('1024'), [...five, task('256')])).toMatch(/reached the limit on the number of vCPUs/);
  });

  it('are counted apart for spot capacity', () => {
    const six = Array.from({ length: 6 }, () => task('1024'));
    expect(placementProblem(task('1024', 'FARGATE_SPOT'), six)).toBeUndefined();
    expect(
      placementProblem(
        task('1024'),
        six.map(() => task('1024', 'FARGATE_SPOT')),
      ),
    ).toBeUndefined();
  });

  it('are taken as the task has them, its override first', () => {
    expect([task('512'), task('2 vCPU'), task('1024', undefined, '4096')].map(vcpusOf)).toEqual([0.5, 2, 4]);
  });
});
