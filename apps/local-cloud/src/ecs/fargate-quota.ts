import { ECS_LIMITS } from '@serverless-ops/aws-limits';
import type { Task } from './task.ts';

/** What ECS says in `failures` of RunTask, with HTTP status 200, when the account has no vCPUs left. */
const NO_VCPUS_LEFT =
  'You’ve reached the limit on the number of vCPUs you can run concurrently. For more information, see the ' +
  'Troubleshooting section of the Amazon ECS Developer Guide.';

/** CPU units of one vCPU. */
const UNITS_PER_VCPU = 1024;

/** vCPUs of a task, by its override or its definition: `1024`, or `1 vCPU`. */
export function vcpusOf({ overrides, definition }: Pick<Task, 'definition' | 'overrides'>): number {
  const cpu = overrides.cpu ?? definition.cpu ?? String(UNITS_PER_VCPU);
  const units = /vcpu/i.test(cpu) ? parseFloat(cpu) * UNITS_PER_VCPU : Number(cpu);
  return units / UNITS_PER_VCPU;
}

/** Why a task cannot be placed beside those that live; undefined when it can. Spot capacity has a quota of its own. */
export function placementProblem(task: Task, living: readonly Task[]): string | undefined {
  const isSpot = (each: Task): boolean => each.capacityProviderName === 'FARGATE_SPOT';
  const used = living.filter((each) => isSpot(each) === isSpot(task)).reduce((total, each) => total + vcpusOf(each), 0);
  return used + vcpusOf(task) > ECS_LIMITS.fargateVcpus ? NO_VCPUS_LEFT : undefined;
}
