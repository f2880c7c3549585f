import type { Task } from './task.ts';

/** ECS shows stopped tasks for about an hour. */
const STOPPED_TASKS_KEPT_MS = 3_600_000;

/** The tasks that ECS still shows. */
export class Tasks {
  readonly #byArn = new Map<string, Task>();
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  add(task: Task): void {
    this.#byArn.set(task.taskArn, task);
  }

  /** ARN of a task of a cluster that is given by its ARN or its id. */
  arnOf(clusterArn: string, reference: string): string {
    return reference.startsWith('arn:') ? reference : `${clusterArn.replace(':cluster/', ':task/')}/${reference}`;
  }

  find(clusterArn: string, reference: string): Task | undefined {
    const arn = this.arnOf(clusterArn, reference);
    return this.list(clusterArn).find(({ taskArn }) => taskArn === arn);
  }

  list(clusterArn: string): Task[] {
    const oldest = this.#now().getTime() - STOPPED_TASKS_KEPT_MS;
    for (const { taskArn, stoppedAt } of [...this.#byArn.values()]) {
      if (stoppedAt && stoppedAt.getTime() < oldest) this.#byArn.delete(taskArn);
    }
    return [...this.#byArn.values()].filter((task) => task.clusterArn === clusterArn);
  }

  /** Tasks of every cluster that have not stopped. */
  listLiving(): Task[] {
    return [...this.#byArn.values()].filter(({ lastStatus }) => lastStatus !== 'STOPPED');
  }
}
