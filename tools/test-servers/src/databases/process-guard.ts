import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** Ends a process and removes its folder, whatever happens to us. */
export interface ProcessGuard {
  /** From now on it is this process. */
  watch(pid: number): void;
  /** Removes the folder; the process must have ended. */
  release(): Promise<void>;
}

/** `read` fails once our end of the pipe is closed, which even a SIGKILL of this process does. */
const SCRIPT = `
pid=$1
while read -r line && [ "$line" != released ]; do pid=$line; done
if [ "$line" != released ]; then
  kill -9 "$pid"
  for attempt in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
fi
rm -rf "$2"`;

/** Watches, from a process of its own, that `pid` and `folder` do not outlive us. */
export function guardProcess(pid: number, folder: string): ProcessGuard {
  const guard: ChildProcess = spawn('sh', ['-c', SCRIPT, 'sh', String(pid), folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  return {
    watch: (newPid) => void guard.stdin?.write(`${newPid}\n`),
    async release() {
      if (guard.exitCode !== null) return;
      const ended = once(guard, 'exit');
      guard.stdin?.end('released\n');
      await ended;
    },
  };
}
