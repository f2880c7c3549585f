import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './run.ts';

/** How Fargate runs a job's container: our task definition asks for the first two. */
const AS_FARGATE = ['--read-only', '--cap-drop=all', '--read-only-tmpfs=false', '--security-opt=no-new-privileges'];
/** The servers of the story listen on this machine's loopback only. */
const BESIDE_THE_SERVERS = ['--network=host'];
/** Podman's own defaults are more than some virtual machines allow. */
const LIMITS = ['--ulimit=nofile=1024:1024', '--ulimit=nproc=1024:1024'];

/** How a container ended. */
export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** buildah and podman over images and containers of their own, apart from all others on this machine. */
export class ContainerHost {
  readonly folder: string;
  readonly #storage: string[];

  private constructor(folder: string) {
    this.folder = folder;
    this.#storage = ['--root', join(folder, 'storage'), '--runroot', join(folder, 'run')];
  }

  static async open(): Promise<ContainerHost> {
    return new ContainerHost(await mkdtemp(join(tmpdir(), 'serverless-ops-image-')));
  }

  /** The words that begin a buildah command. */
  get buildahCommand(): [string, ...string[]] {
    return ['buildah', ...this.#storage];
  }

  /** Runs one buildah command and gives what it wrote, without the line break at its end. */
  async buildah(...args: readonly string[]): Promise<string> {
    const [program, ...words] = this.buildahCommand;
    return (await run(program, [...words, ...args])).trimEnd();
  }

  /** Runs a container to its end, as the image's user on a read-only file system. */
  async run(
    image: string,
    container: { environment?: Readonly<Record<string, string>>; options?: readonly string[]; args?: string[] },
  ): Promise<Ended> {
    const { environment = {}, options = [], args = [] } = container;
    // By name only: what a job is handed is in no argument list.
    const names = Object.keys(environment).map((name) => `--env=${name}`);
    const how = ['--rm', ...AS_FARGATE, ...BESIDE_THE_SERVERS, ...LIMITS, ...names, ...options];
    const podman = spawn('podman', [...this.#podmanOptions(), 'run', ...how, image, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...environment },
    });
    const ended = { stdout: '', stderr: '' };
    podman.stdout.setEncoding('utf8').on('data', (text: string) => (ended.stdout += text));
    podman.stderr.setEncoding('utf8').on('data', (text: string) => (ended.stderr += text));
    const [exitCode] = (await once(podman, 'close')) as [number | null];
    return { exitCode, ...ended };
  }

  /** SIGTERM, and SIGKILL when that has not helped for `seconds`. */
  async stop(name: string, seconds: number): Promise<void> {
    await run('podman', [...this.#podmanOptions(), 'stop', '--time', String(seconds), name]);
  }

  async close(): Promise<void> {
    await run('podman', [...this.#podmanOptions(), 'rm', '--all', '--force', '--volumes']);
    await this.buildah('rm', '--all');
    await rm(this.folder, { recursive: true });
  }

  #podmanOptions(): string[] {
    const state = ['--tmpdir', join(this.folder, 'podman'), '--events-backend=none'];
    return [...this.#storage, ...state, '--runtime=/usr/sbin/runc', '--cgroup-manager=cgroupfs'];
  }
}
