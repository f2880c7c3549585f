import { readdirSync, readFileSync } from 'node:fs';

/**
 * Kills what a container left behind, as the end of its process namespace would: its process group and, where `/proc`
 * shows environments, every process that has the marker in its own.
 */
export function killProcessesOf(groupId: number, marker: string): void {
  kill(-groupId);
  for (const pid of processIds()) if (environmentOf(pid).includes(marker)) kill(pid);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}

function processIds(): number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    return '';
  }
}
