import type { LogStore } from '../logs/log-store.ts';
import { type ContainerImage, hostArgument } from './container-image.ts';
import { ContainerProcess } from './container-process.ts';
import type { Task, TaskContainer } from './task.ts';
import type { ContainerDefinition } from './task-definition.ts';

export interface TaskRunnerOptions {
  logs: LogStore;
  findImage: (image: string) => ContainerImage | undefined;
  /** Programs of the images that are not in their build context are looked for here. */
  path: string;
  /** What ECS and the SDK's default credentials need in a container's environment. */
  taskEnvironment: (task: Task) => Record<string, string>;
  /** Secrets and logging are set up as the execution role. Throws what ECS says when that fails. */
  prepare: (task: Task, container: ContainerDefinition) => Record<string, string>;
  now: () => Date;
  /** Called after every change of a task. */
  onChange: (task: Task) => void;
}

/** Who stops the local cloud waits for it. */
const CLOSE_STOP_TIMEOUT_MS = 10_000;

/** Runs tasks as processes of this machine, through the states that ECS has. */
export class TaskRunner {
  readonly #options: TaskRunnerOptions;
  readonly #processes = new Map<string, ContainerProcess[]>();
  readonly #running = new Set<Promise<void>>();
  #longestStopMs = Infinity;

  constructor(options: TaskRunnerOptions) {
    this.#options = options;
  }

  /** Starts a task that was just accepted; it goes on by itself. */
  start(task: Task): void {
    const run = this.#run(task).finally(() => this.#running.delete(run));
    this.#running.add(run);
  }

  /** Asks the containers of a task to stop; the task reaches STOPPED when they have. */
  stop(task: Task, stoppedReason: string): void {
    if (task.desiredStatus === 'STOPPED') return;
    Object.assign(task, { desiredStatus: 'STOPPED', stoppingAt: this.#options.now(), stoppedReason });
    task.stopCode = 'UserInitiated';
    this.#changed(task);
    this.#stopContainers(task);
  }

  /** Stops the given tasks, with less patience than ECS, and waits until none runs any more. */
  async close(tasks: readonly Task[]): Promise<void> {
    this.#longestStopMs = CLOSE_STOP_TIMEOUT_MS;
    for (const task of tasks) this.stop(task, 'The local cloud was stopped');
    await Promise.all(this.#running);
  }

  async #run(task: Task): Promise<void> {
    await this.#moveTo(task, 'PENDING');
    const processes: ContainerProcess[] = [];
    this.#processes.set(task.id, processes);
    try {
      for (const [index, definition] of task.definition.containerDefinitions.entries()) {
        processes.push(await this.#startContainer(task, definition));
        Object.assign(task.containers[index] ?? {}, { lastStatus: 'RUNNING' });
      }
    } catch (error) {
      this.#failToStart(task, error);
    }
    if (task.desiredStatus === 'RUNNING') {
      task.startedAt = this.#options.now();
      await this.#moveTo(task, 'RUNNING');
    }
    // It may have been told to stop while its containers were starting.
    if (task.desiredStatus === 'STOPPED') this.#stopContainers(task);
    await Promise.all(processes.map((process, index) => this.#watch(task, process, index)));
    this.#processes.delete(task.id);
    await this.#moveTo(task, 'DEPROVISIONING');
    task.stoppedAt = this.#options.now();
    await this.#moveTo(task, 'STOPPED');
  }

  async #startContainer(task: Task, definition: ContainerDefinition): Promise<ContainerProcess> {
    const image = this.#options.findImage(definition.image);
    if (!image) {
      throw new Error(`CannotPullContainerError: no asset of the loaded assemblies is the image ${definition.image}`);
    }
    const secrets = this.#options.prepare(task, definition);
    const override = task.overrides.containerOverrides.find(({ name }) => name === definition.name);
    const taskEnvironment = this.#options.taskEnvironment(task);
    return ContainerProcess.start({
      command: commandOf(image, definition, override?.command),
      workingDirectory: image.directory,
      environment: {
        ...image.environment,
        // What an image installs is not here: its programs are this machine's, wherever they are.
        PATH: this.#options.path,
        ...taskEnvironment,
        ...byName(definition.environment),
        ...secrets,
        ...byName(override?.environment ?? []),
      },
      onLine: this.#lineWriter(task, definition),
    });
  }

  #lineWriter(task: Task, { name, logConfiguration }: ContainerDefinition): (line: string) => void {
    if (logConfiguration?.logDriver !== 'awslogs') return () => undefined;
    const { 'awslogs-group': group = '', 'awslogs-stream-prefix': prefix = '' } = logConfiguration.options;
    return (line) => this.#options.logs.write(group, `${prefix}/${name}/${task.id}`, line);
  }

  async #watch(task: Task, process: ContainerProcess, index: number): Promise<void> {
    const exitCode = await process.exited;
    const container = task.containers[index];
    if (container) Object.assign<TaskContainer, Partial<TaskContainer>>(container, { lastStatus: 'STOPPED', exitCode });
    if (!task.definition.containerDefinitions[index]?.essential || task.desiredStatus === 'STOPPED') return;
    Object.assign(task, {
      desiredStatus: 'STOPPED',
      stoppingAt: this.#options.now(),
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
    });
    this.#stopContainers(task);
  }

  #stopContainers(task: Task): void {
    for (const [index, process] of (this.#processes.get(task.id) ?? []).entries()) {
      const stopTimeoutMs = (task.definition.containerDefinitions[index]?.stopTimeout ?? 0) * 1000;
      process.stop(Math.min(stopTimeoutMs, this.#longestStopMs));
    }
  }

  #failToStart(task: Task, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    for (const container of task.containers) {
      if (container.lastStatus === 'PENDING') Object.assign(container, { lastStatus: 'STOPPED', reason });
    }
    Object.assign(task, {
      desiredStatus: 'STOPPED',
      stoppingAt: this.#options.now(),
      stopCode: 'TaskFailedToStart',
      stoppedReason: reason,
    });
  }

  /** Waits a turn, so that the first caller sees the state before this one. */
  async #moveTo(task: Task, status: Task['lastStatus']): Promise<void> {
    await new Promise(setImmediate);
    task.lastStatus = status;
    this.#changed(task);
  }

  #changed(task: Task): void {
    task.version += 1;
    this.#options.onChange(task);
  }
}

function commandOf(image: ContainerImage, definition: ContainerDefinition, override: string[] | undefined): string[] {
  const entrypoint = definition.entryPoint ?? image.entrypoint;
  // Docker drops the image's CMD together with its ENTRYPOINT.
  const command = override ?? definition.command ?? (definition.entryPoint ? [] : image.command);
  return [...entrypoint, ...command].map((word, index) => hostArgument(image, word, index === 0));
}

const byName = (pairs: { name: string; value: string }[]): Record<string, string> =>
  Object.fromEntries(pairs.map(({ name, value }) => [name, value]));
