import { Command } from 'commander';
import { createBackupsCommand } from './backups/backups-command.ts';
import { createJobCommands } from './jobs/job-commands.ts';
import { createParamsCommand } from './params/params-command.ts';
import type { Surroundings } from './surroundings.ts';

/** The whole command line. Throws commander's own error when it is not understood. */
export function createOpsCommand(surroundings: Surroundings, end: (exitCode: number) => void): Command {
  const ops = new Command('ops')
    .description('Commands for operations engineers. They use the AWS credentials and the region of your AWS profile.')
    .option('--settings <file>', 'settings file (default: settings.yml of the workspace)')
    .addHelpText(
      'after',
      '\nExit codes: 0 success, 1 problems found or AWS refused, 2 wrong usage, 3 the job failed, 4 a job was ordered and its end is not known, 130 stopped with Ctrl-C.',
    );
  const params = createParamsCommand(surroundings, end);
  const others = [...createJobCommands(surroundings, end), createBackupsCommand(surroundings)];
  for (const command of [...others, params]) ops.addCommand(command);
  for (const command of [ops, ...others, params, ...params.commands]) {
    command
      .exitOverride()
      .configureHelp({ showGlobalOptions: true })
      .showHelpAfterError('See "ops --help" and "ops <command> --help".')
      .configureOutput({
        writeOut: surroundings.say,
        writeErr: surroundings.complain,
        outputError: (text, write) => write(withoutValues(text)),
      });
  }
  return ops;
}

/** Commander quotes what it does not understand. That could be a password, `--db_pass=hunter2` or `-phunter2`, or long. */
function withoutValues(text: string): string {
  return text
    .replace(/'([^'=]*)=.*'/s, "'$1=…'")
    .replace(/'(-[A-Za-z])[^'-].*'/s, "'$1…'")
    .replaceAll(/'([^']{40})[^']+'/g, "'$1…'");
}
