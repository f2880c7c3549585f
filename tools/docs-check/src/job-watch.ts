import { setTimeout as delay } from 'node:timers/promises';
import { DescribeTasksCommand, ECSClient, ListTasksCommand } from '@aws-sdk/client-ecs';
import { DescribeExecutionCommand, ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import type { Installation } from './installation.ts';

/** How often the jobs are looked at, in ms; and how long at most. A backup of the sample database takes two seconds. */
const LOOK_EVERY_MS = 100;
const LOOK_FOR_MS = 60_000;

/** Looks at the jobs that a page has started. */
export class JobWatch {
  readonly #sfn: SFNClient;
  readonly #ecs: ECSClient;
  readonly #machines: readonly string[];
  readonly #cluster: string;
  /** Executions and tasks that were found well, or were told of. */
  readonly #seen = new Set<string>();

  constructor(installation: Installation) {
    this.#sfn = new SFNClient(installation.cloud.client);
    this.#ecs = new ECSClient(installation.cloud.client);
    this.#machines = [installation.output('StateMachineArn'), installation.output('PasswordStateMachineArn')];
    this.#cluster = installation.output('ClusterName');
  }

  /** Waits until no job runs, as a reader does before the next block. Gives what went wrong since the last call. */
  async problems(): Promise<string[]> {
    const giveUpAt = performance.now() + LOOK_FOR_MS;
    while (performance.now() < giveUpAt) {
      const problems = await Promise.all([...this.#machines.map((each) => this.#executions(each)), this.#tasks()]);
      if (!problems.includes('running')) return problems.filter((each) => each !== 'running').flat();
      await delay(LOOK_EVERY_MS);
    }
    return [`A job still runs after ${LOOK_FOR_MS / 1000} s.`];
  }

  async #executions(stateMachineArn: string): Promise<string[] | 'running'> {
    const { executions = [] } = await this.#sfn.send(new ListExecutionsCommand({ stateMachineArn }));
    if (executions.some(({ status }) => status === 'RUNNING')) return 'running';
    const problems: string[] = [];
    for (const { executionArn = '', name = '', status } of executions) {
      if (this.#seen.has(executionArn)) continue;
      this.#seen.add(executionArn);
      // A page may stop a job.
      if (status === 'SUCCEEDED' || status === 'ABORTED') continue;
      const { error, cause } = await this.#sfn.send(new DescribeExecutionCommand({ executionArn }));
      problems.push(`Job ${name} ended as ${status ?? 'nothing'}: ${error ?? ''}: ${cause ?? ''}`);
    }
    return problems;
  }

  async #tasks(): Promise<string[] | 'running'> {
    const cluster = this.#cluster;
    const [running, stopped] = await Promise.all([
      this.#ecs.send(new ListTasksCommand({ cluster })),
      this.#ecs.send(new ListTasksCommand({ cluster, desiredStatus: 'STOPPED' })),
    ]);
    if ((running.taskArns ?? []).length > 0) return 'running';
    const fresh = (stopped.taskArns ?? []).filter((each) => !this.#seen.has(each));
    if (fresh.length === 0) return [];
    fresh.forEach((each) => this.#seen.add(each));
    const { tasks = [] } = await this.#ecs.send(new DescribeTasksCommand({ cluster, tasks: fresh }));
    // The task of a workflow's job is judged by the job.
    return tasks
      .filter(({ startedBy, containers }) => !startedBy && containers?.some(({ exitCode }) => exitCode !== 0))
      .map(({ taskArn = '', containers }) => `Task ${taskArn} ended with ${String(containers?.[0]?.exitCode)}.`);
  }
}
