import { readdirSync, readFileSync } from 'node:fs';

const SNAPSHOT_INTERVAL_MS = 200;

/**
 * Everything that descends from one process, so that it can end with it as in a container, where the end of the first
 * process is the end of all. It needs Linux's `/proc`; elsewhere only the process group is known.
 */
export class ProcessTree {
  readonly #rootPid: number;
  readonly #seen = new Map<number, string>();
  readonly #timer: NodeJS.Timeout;

  constructor(rootPid: number) {
    this.#rootPid = rootPid;
    // Orphans have another parent, so they must be known before their parent is gone.
    this.#timer = setInterval(() => this.remember(), SNAPSHOT_INTERVAL_MS);
    this.#timer.unref();
  }

  /** Notes what descends from the root at this moment. */
  remember(): void {
    this.#look(this.#rootPid);
  }

  /** Kills what is left, the root itself having ended. */
  killLeftovers(): void {
    clearInterval(this.#timer);
    kill(-this.#rootPid);
    for (const pid of this.#seen.keys()) this.#look(pid);
    for (const [pid, startedAt] of this.#seen) if (startTimeOf(pid) === startedAt) kill(pid);
  }

  #look(pid: number): void {
    for (const child of childrenOf(pid)) {
      const startedAt = startTimeOf(child);
      if (startedAt !== undefined) this.#seen.set(child, startedAt);
      this.#look(child);
    }
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}

function childrenOf(pid: number): number[] {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    const children = threads.map((thread) => readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8'));
    return children.join(' ').split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/** A process id is given again some day; together with this it is not. */
function startTimeOf(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19];
  } catch {
    return undefined;
  }
}
