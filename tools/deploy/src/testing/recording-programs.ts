import { ProgramFailedError } from '../errors.ts';
import type { Command, Programs } from '../programs.ts';

/** What a program does: what it writes, or that it fails. Keys are beginnings of commands; the last that fits counts. */
export type Answers = Readonly<Record<string, string | { exitCode: number }>>;

/** Programs that only record how they were called. Those without an answer succeed and write nothing. */
export function recordingPrograms(answers: Answers = {}): { programs: Programs; recorded: string[] } {
  const recorded: string[] = [];
  const read = (command: Command, folder = ''): Promise<string> => {
    const text = command.join(' ');
    recorded.push(folder + text);
    const answer = Object.entries(answers).findLast(([beginning]) => text.startsWith(beginning))?.[1] ?? '';
    return typeof answer === 'string'
      ? Promise.resolve(answer)
      : Promise.reject(new ProgramFailedError(text, answer.exitCode));
  };
  const programs: Programs = {
    run: async (command, { cwd } = {}) => {
      await read(command, cwd === undefined ? '' : `${cwd}$ `);
    },
    read: (command) => read(command),
    tryRead: (command) => read(command).catch(() => undefined),
  };
  return { programs, recorded };
}
