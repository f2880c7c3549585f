import type { Container, Task } from '@aws-sdk/client-ecs';
import { sentence } from './sentence.ts';

/** Exit code of a process that was killed with SIGKILL: what the kernel does when memory runs out. */
const KILLED = 137;

const ORDER_AGAIN = 'Then order the job again.';

/** Why a container ended without a report, and what to do about it. */
export function describeStop(task: Task): string {
  const reason = task.stoppedReason ?? 'ECS gives no reason';
  const container = task.containers?.find(hasEnded) ?? task.containers?.[0] ?? {};
  return `${explain(task, container, reason)} (Task ${task.taskArn?.split('/').at(-1) ?? 'unknown'}.)`;
}

function explain({ stopCode }: Task, container: Container, reason: string): string {
  if (stopCode === 'TaskFailedToStart')
    return `The container did not start: ${sentence(reason)} ${adviseOnStart(reason)}`;
  if (stopCode === 'SpotInterruption') return `AWS took the capacity back that the container ran on. ${ORDER_AGAIN}`;
  if (stopCode === 'UserInitiated') {
    return `The container was stopped from outside: ${sentence(reason)} If this was not intended, order the job again.`;
  }
  if (container.reason?.includes('OutOfMemory') === true) {
    return `The container ran out of memory: ${sentence(container.reason)} Raise tasks.fargate.mysql_worker.memory_mib in settings.yml and deploy. ${ORDER_AGAIN}`;
  }
  if (container.exitCode === KILLED) {
    return `The worker was killed (exit code ${KILLED}): memory ran out, or it did not stop in time when told to. Read the end of its log. ${ORDER_AGAIN}`;
  }
  if (container.exitCode !== undefined) {
    return `The worker ended with exit code ${container.exitCode} and its report did not arrive. Read the end of its log. ${ORDER_AGAIN}`;
  }
  return `The container ended without a report: ${sentence(container.reason ?? reason)} ${ORDER_AGAIN}`;
}

function adviseOnStart(reason: string): string {
  if (reason.includes('CannotPullContainer')) {
    return `Check that its subnets reach Amazon ECR (a public address, a NAT gateway or endpoints) and that the image is there. ${ORDER_AGAIN}`;
  }
  if (/ENI|network interface|ResourceInitializationError/i.test(reason)) {
    return `Check that the subnets have free addresses and that the security group and the log group exist. ${ORDER_AGAIN}`;
  }
  return `Check the task definition and the quotas of Fargate. ${ORDER_AGAIN}`;
}

function hasEnded({ exitCode, reason }: Container): boolean {
  return exitCode !== undefined || reason !== undefined;
}
