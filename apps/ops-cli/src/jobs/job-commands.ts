import { isTimeZone } from '@serverless-ops/backup-retention';
import {
  describeProblems,
  JOB_KINDS,
  JOB_NAMES,
  jobRequestSchema,
  type JobName,
  type JobRequest,
} from '@serverless-ops/job-schemas';
import { JOB_ID_PATTERN } from '@serverless-ops/names';
import { Command } from 'commander';
import { UsageError } from '../errors.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { readSettings } from '../read-settings.ts';
import type { Surroundings } from '../surroundings.ts';
import { jobOptions } from './job-options.ts';
import { watchJob } from './watch-job.ts';

interface CommonOptions {
  /** @default that of the workspace */
  readonly settings?: string;
  readonly json?: boolean;
  readonly wait?: boolean;
  readonly id?: string;
}

/** A command for each kind of job, and `ops watch`. `end` receives the exit code. */
export function createJobCommands(surroundings: Surroundings, end: (exitCode: number) => void): Command[] {
  return [...JOB_NAMES.map((name) => orderCommand(name, surroundings, end)), watchCommand(surroundings, end)];
}

/** `db_backup` is `ops backup`. */
function commandName(job: JobName): string {
  return job.replace(/^db_/, '').replaceAll('_', '-');
}

function orderCommand(job: JobName, surroundings: Surroundings, end: (exitCode: number) => void): Command {
  const kind = JOB_KINDS[job];
  const command = new Command(commandName(job));
  const options = jobOptions(kind);
  command
    .summary(`order a ${job}`)
    .description(`Orders a ${job} and says its id. With --wait, watches it until it has ended.`);
  if (kind.needsDatabase) command.argument('<db_name>', 'database').argument('<db_env>', 'its environment');
  else command.argument('[db_name]', 'database').argument('[db_env]', 'its environment');
  for (const { option } of options) command.addOption(option);
  return command
    .option('--id <id>', 'id of the job: an order that is repeated with it starts nothing twice (default: a new one)')
    .option('--wait', 'watch the job until it has ended')
    .option('--json', 'print JSON for a program')
    .action(async (dbName: string | undefined, dbEnv: string | undefined, _given, self: Command) => {
      const { settings: file, json = false, wait = false, id } = self.optsWithGlobals<CommonOptions>();
      const given = self.opts<Record<string, unknown>>();
      const order = checkedOrder(job, {
        ...(dbName !== undefined && { db_name: dbName }),
        ...(dbEnv !== undefined && { db_env: dbEnv }),
        ...Object.fromEntries(
          options
            .filter(({ option }) => self.getOptionValueSource(option.attributeName()) === 'cli')
            .map(({ name, option }) => [name, given[option.attributeName()]]),
        ),
      });
      const jobId = id === undefined ? newJobId(job, surroundings) : checkedId(id);
      const jobs = surroundings.connectJobs(readSettings(file ?? surroundings.defaultSettingsFile));
      await jobs.order(order, jobId);
      if (wait) {
        surroundings.complain(`${job} is ordered: ${jobId}\n`);
        end(await watchJob({ id: jobId, job_name: job, json, isOrdered: true }, jobs, surroundings));
        return;
      }
      surroundings.say(json ? `${JSON.stringify({ id: jobId })}\n` : `${jobId}\n`);
      if (!json) surroundings.complain(`${job} is ordered. To watch it: npx ops watch ${jobId}\n`);
      end(EXIT_CODES.done);
    });
}

function watchCommand(surroundings: Surroundings, end: (exitCode: number) => void): Command {
  return new Command('watch')
    .summary('watch a job until it has ended')
    .description(
      'Watches a job until it has ended and says how. Ctrl-C asks whether to stop the job or only to stop watching.',
    )
    .argument('<id>', 'id of the job')
    .option('--json', 'print JSON for a program')
    .action(async (id: string, _options, self: Command) => {
      const { settings: file, json = false } = self.optsWithGlobals<CommonOptions>();
      const checked = checkedId(id);
      const jobs = surroundings.connectJobs(readSettings(file ?? surroundings.defaultSettingsFile));
      end(await watchJob({ id: checked, json, isOrdered: false }, jobs, surroundings));
    });
}

/** The order as it was given: a default that is filled in here would become a part of what an id stands for. */
function checkedOrder(job_name: JobName, job_options: object): JobRequest {
  const order = { job_name, job_options };
  const { success, error } = jobRequestSchema.safeParse(order);
  if (!success) throw new UsageError(describeProblems(error, 'order'));
  checkTimeZone(job_options);
  return order as JobRequest;
}

/** The worker refuses it, too, but only after its container has started. */
function checkTimeZone({ time_zone }: { readonly time_zone?: unknown }): void {
  if (typeof time_zone !== 'string' || isTimeZone(time_zone)) return;
  throw new UsageError([`There is no time zone ${time_zone}. Give its IANA name, such as Europe/Berlin.`]);
}

function checkedId(id: string): string {
  if (!new RegExp(JOB_ID_PATTERN).test(id)) {
    throw new UsageError(['The id of a job has 1 to 80 letters, digits, "_" and "-".']);
  }
  return id;
}

/** `db_backup-20261130T101500Z-3f9c2a` */
function newJobId(job: JobName, { now, randomHex }: Pick<Surroundings, 'now' | 'randomHex'>): string {
  return `${job}-${now()
    .toISOString()
    .replaceAll(/[-:]|\.\d+/g, '')}-${randomHex(3)}`;
}
