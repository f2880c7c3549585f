import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

interface Process {
  pid: number;
  parent: number;
  command: string;
}

/** Ids of the processes below `ancestor` whose command line matches. */
export async function findProcesses(commandLine: RegExp, ancestor: number): Promise<number[]> {
  const { stdout } = await run('ps', ['-eo', 'pid=,ppid=,args=']);
  const processes = stdout.split('\n').flatMap((line): Process[] => {
    const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return command === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command }];
  });
  const isBelow = ({ parent }: Process): boolean =>
    parent === ancestor || processes.some((candidate) => candidate.pid === parent && isBelow(candidate));
  return processes
    .filter((candidate) => commandLine.test(candidate.command) && isBelow(candidate))
    .map(({ pid }) => pid);
}
