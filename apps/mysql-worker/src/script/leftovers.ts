import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** A process that starts others while they are killed is met again; one that always does so is left to the container's end. */
const MAX_ROUNDS = 20;

/** What tells the processes that a script started from all others on the machine. */
export interface ScriptMarks {
  /** Process id of the script: also that of its session and process group. */
  readonly pid: number;
  /** `NAME=value` in the script's environment, which everything it starts inherits. */
  readonly environmentEntry: string;
  /** What its standard streams lead to, as `/proc/PID/fd` names it. */
  readonly streams: readonly string[];
  /** Set when nothing else runs as this user: then whatever runs as it is the script's. */
  readonly ownUid: number | undefined;
}

/**
 * Kills whatever a script has left running, also what made itself a session of its own. Such a process is known by any
 * of its user, its session, its environment, its open streams or its parent. Without `ownUid` one escapes that has
 * changed all of these. It needs Linux's `/proc`; elsewhere only the script's process group is known.
 */
export function killLeftovers(marks: ScriptMarks): void {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const found = findLeftovers(marks);
    for (const pid of found) kill(pid);
    kill(-marks.pid);
    if (found.length === 0) return;
  }
}

/** What the open standard streams of a process lead to, such as `socket:[4711]`; empty where there is no `/proc`. */
export function standardStreamsOf(pid: number): string[] {
  return [1, 2].flatMap((descriptor) => tryTo(() => [readlinkSync(`/proc/${pid}/fd/${descriptor}`)]) ?? []);
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly session: number;
}

function findLeftovers(marks: ScriptMarks): number[] {
  const processes = runningProcesses();
  const found = new Set(processes.filter((candidate) => isMarked(candidate, marks)).map(({ pid }) => pid));
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const { pid, parent } of processes) if (found.has(parent)) found.add(pid);
  }
  found.delete(process.pid);
  return [...found];
}

function isMarked({ pid, session }: Process, marks: ScriptMarks): boolean {
  if (pid === process.pid) return false;
  if (marks.ownUid !== undefined && uidOf(pid) === marks.ownUid) return true;
  return session === marks.pid || hasEntry(pid, marks.environmentEntry) || holdsStream(pid, marks.streams);
}

/** Without those that have ended and are only waited for. */
function runningProcesses(): Process[] {
  const pids = tryTo(() => readdirSync('/proc')) ?? [];
  return pids.flatMap((name): Process[] => {
    const pid = Number(name);
    if (!Number.isInteger(pid)) return [];
    // The name of the program comes before, in parentheses, and may hold any character.
    const stat = tryTo(() => readFileSync(`/proc/${pid}/stat`, 'latin1'));
    const [state, parent, , session] = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? [];
    return state === undefined || state === 'Z' ? [] : [{ pid, parent: Number(parent), session: Number(session) }];
  });
}

function uidOf(pid: number): number | undefined {
  const status = tryTo(() => readFileSync(`/proc/${pid}/status`, 'latin1')) ?? '';
  const [, uid] = /^Uid:\s+(\d+)/m.exec(status) ?? [];
  return uid === undefined ? undefined : Number(uid);
}

function hasEntry(pid: number, entry: string): boolean {
  const environment = tryTo(() => readFileSync(`/proc/${pid}/environ`, 'latin1')) ?? '';
  return environment.split('\0').includes(entry);
}

function holdsStream(pid: number, streams: readonly string[]): boolean {
  if (streams.length === 0) return false;
  const descriptors = tryTo(() => readdirSync(`/proc/${pid}/fd`)) ?? [];
  return descriptors.some((descriptor) =>
    streams.includes(tryTo(() => readlinkSync(`/proc/${pid}/fd/${descriptor}`)) ?? ''),
  );
}

function kill(pid: number): void {
  tryTo(() => process.kill(pid, 'SIGKILL'));
}

/** Processes end while they are looked at, and those of other users do not let themselves be looked at. */
function tryTo<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
