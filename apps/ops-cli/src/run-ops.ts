import { CommanderError } from 'commander';
import { AwsRefusedError, OrderUnknownError, StoppedError, UsageError } from './errors.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { createOpsCommand } from './ops-command.ts';
import type { Surroundings } from './surroundings.ts';

/** Does what the words of the command line say, and gives the exit code. */
export async function runOps(words: readonly string[], surroundings: Surroundings): Promise<number> {
  let exitCode: number = EXIT_CODES.done;
  try {
    await createOpsCommand(surroundings, (code) => (exitCode = code)).parseAsync(words, { from: 'user' });
    return exitCode;
  } catch (error) {
    // Commander has said what it had to say.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_CODES.done : EXIT_CODES.badUsage;
    const code = exitCodeOf(error);
    if (code === undefined) throw error;
    surroundings.complain(`${(error as Error).message}\n`);
    return code;
  }
}

function exitCodeOf(error: unknown): number | undefined {
  if (error instanceof UsageError) return EXIT_CODES.badUsage;
  if (error instanceof StoppedError) return EXIT_CODES.stopped;
  if (error instanceof OrderUnknownError) return EXIT_CODES.endUnknown;
  return error instanceof AwsRefusedError ? EXIT_CODES.problems : undefined;
}
