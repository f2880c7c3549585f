import { setTimeout as delay } from 'node:timers/promises';
import { DescribeTasksCommand, ECSClient, ListTasksCommand } from '@aws-sdk/client-ecs';
import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  SFNClient,
  type ExecutionListItem,
} from '@aws-sdk/client-sfn';
import { ENVIRONMENT } from '@serverless-ops/names';
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
  /** ARNs of the executions and tasks that were looked at after their end. */
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
    while (await this.#anythingRuns()) {
      if (performance.now() > giveUpAt) return [`A job still runs after ${LOOK_FOR_MS / 1000} s.`];
      await delay(LOOK_EVERY_MS);
    }
    return [...(await this.#failedExecutions()), ...(await this.#failedTasks())];
  }

  async #anythingRuns(): Promise<boolean> {
    const { taskArns = [] } = await this.#ecs.send(new ListTasksCommand({ cluster: this.#cluster }));
    return taskArns.length > 0 || (await this.#executions()).some(({ status }) => status === 'RUNNING');
  }

  async #executions(): Promise<ExecutionListItem[]> {
    const lists = await Promise.all(
      this.#machines.map((stateMachineArn) => this.#sfn.send(new ListExecutionsCommand({ stateMachineArn }))),
    );
    return lists.flatMap(({ executions = [] }) => executions);
  }

  async #failedExecutions(): Promise<string[]> {
    const problems: string[] = [];
    for (const { executionArn = '', name = '', status = '' } of await this.#executions()) {
      // A page may stop a job.
      if (!this.#isNew(executionArn) || status === 'SUCCEEDED' || status === 'ABORTED') continue;
      const { error = '', cause = '' } = await this.#sfn.send(new DescribeExecutionCommand({ executionArn }));
      problems.push(`Job ${name} ended as ${status}: ${error}: ${cause}`);
    }
    return problems;
  }

  /** Of the tasks that a page ran itself; the task of a workflow's job is judged by the job. */
  async #failedTasks(): Promise<string[]> {
    const cluster = this.#cluster;
    const { taskArns = [] } = await this.#ecs.send(new ListTasksCommand({ cluster, desiredStatus: 'STOPPED' }));
    const fresh = taskArns.filter((arn) => this.#isNew(arn));
    if (fresh.length === 0) return [];
    const { tasks = [] } = await this.#ecs.send(new DescribeTasksCommand({ cluster, tasks: fresh }));
    return tasks.flatMap(({ taskArn = '', containers: [container] = [], overrides }) => {
      const variables = overrides?.containerOverrides?.[0]?.environment ?? [];
      const isOfWorkflow = variables.some(({ name }) => name === ENVIRONMENT.jobId);
      return isOfWorkflow || container?.exitCode === 0
        ? []
        : [`Task ${taskArn} ended with ${String(container?.exitCode)}.`];
    });
  }

  #isNew(arn: string): boolean {
    const isNew = !this.#seen.has(arn);
    this.#seen.add(arn);
    return isNew;
  }
}
