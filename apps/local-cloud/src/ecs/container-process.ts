import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { LineSplitter } from './line-splitter.ts';
import { ProcessTree } from './process-tree.ts';

export interface ContainerProcessOptions {
  command: string[];
  workingDirectory: string;
  environment: Readonly<Record<string, string>>;
  onLine: (line: string) => void;
}

/** The process of one container, in a process group of its own. */
export class ContainerProcess {
  /** Resolves once, with the exit code as Docker has it: 128 and the signal's number for a killed process. */
  readonly exited: Promise<number>;
  readonly #child: ChildProcess;
  readonly #tree: ProcessTree;
  #killTimer: NodeJS.Timeout | undefined;

  private constructor(child: ChildProcess, tree: ProcessTree, exited: Promise<number>) {
    this.#child = child;
    this.#tree = tree;
    this.exited = exited.finally(() => clearTimeout(this.#killTimer));
  }

  /** Starts the process. Rejects when it cannot be started: no such program, no such folder. */
  static async start(options: ContainerProcessOptions): Promise<ContainerProcess> {
    const [program = '', ...words] = options.command;
    const child = spawn(program, words, {
      cwd: options.workingDirectory,
      env: { ...options.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    for (const output of [child.stdout, child.stderr]) {
      const splitter = new LineSplitter(options.onLine);
      output.on('data', (chunk: Buffer) => splitter.write(chunk));
      output.on('close', () => splitter.end());
    }
    const tree = new ProcessTree(child.pid ?? 0);
    const exited = new Promise<number>((resolve) => {
      child.once('exit', () => tree.killLeftovers());
      child.once('close', (code, signal) => resolve(code ?? 128 + constants.signals[signal ?? 'SIGKILL']));
    });
    return new ContainerProcess(child, tree, exited);
  }

  /** As ECS stops a container: SIGTERM to its first process, SIGKILL to everything that is left after the timeout. */
  stop(stopTimeoutMs: number): void {
    // Node answers false for a process that has ended.
    if (this.#killTimer || !this.#child.kill('SIGTERM')) return;
    this.#killTimer = setTimeout(() => {
      this.#tree.remember();
      this.#child.kill('SIGKILL');
    }, stopTimeoutMs);
  }
}
