import { resourceNames } from '@serverless-ops/names';
import { Command } from 'commander';
import { EXIT_CODES } from '../exit-codes.ts';
import { readSettings } from '../read-settings.ts';
import type { Surroundings } from '../surroundings.ts';
import { checkReference, parseFromEnv, refuseValues } from './argument-checks.ts';
import { checkParameters } from './check.ts';
import { chooseGroup, type GroupOptions } from './choose-group.ts';
import { listParameters } from './list.ts';
import type { Selection } from './parameter-roots.ts';
import { pushParameters } from './push.ts';
import { parseRegistration } from './registration.ts';

interface SettingsOption {
  /** @default that of the workspace */
  readonly settings?: string;
}

type PushOptions = SettingsOption &
  GroupOptions & {
    fromEnv?: readonly string[];
    stdin?: boolean;
    keyId?: string;
    register?: string;
  };

/** `ops params`: its commands, with what each does. `end` receives the exit code. */
export function createParamsCommand(surroundings: Surroundings, end: (exitCode: number) => void): Command {
  const params = new Command('params').description('Secrets and settings of databases in AWS Parameter Store');

  params
    .command('push')
    .summary('write parameters: asks for values, or reads them from the environment or standard input')
    .description(
      'Writes the named parameters. Without names, it writes each one that is missing or still a placeholder. ' +
        'It asks for the values; it asks twice for a secret and hides it. A value is never an argument. ' +
        'An account that has a password keeps it: ops writes the next one as new_password, for the next password change.',
    )
    .argument('<db_name>', 'database, as in a job')
    .argument('<db_env>', 'its environment, as in a job')
    .argument(
      '[names...]',
      'db_host, db_port, db_name, db_user, db_pass, s3_bucket or s3_path; others with --admin and --user',
    )
    .option('--admin', 'the account that changes passwords: db_user, db_pass')
    .option('--user <account>', 'an account whose password jobs change: account, password, new_password, grant')
    .option('--register <kind>', 'with --user: register the account as application or privileged')
    .option('--from-env <PARAMETER=VARIABLE>', 'read a value from the environment; can be repeated', collect)
    .option('--stdin', 'read the value of exactly one parameter from standard input, without the line break at its end')
    .option('--key-id <key>', 'key for secrets (default: the key of this installation)')
    .addHelpText('after', PUSH_EXAMPLES)
    .action(async (dbName: string, dbEnv: string, names: readonly string[], _options, command: Command) => {
      const { settings: file, ...options } = command.optsWithGlobals<PushOptions>();
      refuseValues([dbName, dbEnv, ...names]);
      const fromEnv = parseFromEnv(options.fromEnv ?? []);
      const registration = parseRegistration(options.register, options.user);
      const settings = readSettings(file ?? surroundings.defaultSettingsFile);
      const group = chooseGroup(settings.parameterPrefix, { dbName, dbEnv }, options);
      const keyId = options.keyId ?? resourceNames(settings.namePrefix).keyAlias;
      const store = surroundings.connect(settings);
      const { secretNames, namePrefix } = settings;
      await pushParameters(
        { group, names, registration, keyId, namePrefix, secretNames, fromEnv, stdin: options.stdin ?? false },
        { ...surroundings, store },
      );
    });

  addSelection(params.command('list'))
    .summary('list names, types, versions and last changes')
    .description('Lists the parameters of databases, their administrators and their accounts. It shows no value.')
    .option('--json', 'print JSON for a program')
    .action(async (dbName: string | undefined, dbEnv: string | undefined, _options, command: Command) => {
      const { settings: file, json = false } = command.optsWithGlobals<SettingsOption & { json?: boolean }>();
      const selection = selectionOf(dbName, dbEnv);
      const settings = readSettings(file ?? surroundings.defaultSettingsFile);
      const { parameterPrefix } = settings;
      surroundings.say(await listParameters({ parameterPrefix, selection, json }, surroundings.connect(settings)));
    });

  addSelection(params.command('check'))
    .summary('find what jobs would refuse, and the commands that correct it')
    .description(
      'Checks the parameters of every database in settings.yml and in Parameter Store by the rules of the jobs. ' +
        'Finds what is missing, still a placeholder, of a wrong form or not encrypted; accounts that are not registered; ' +
        'password changes that broke off; and backups that log in with an account whose password jobs change. ' +
        'It does not decrypt secrets, so it needs no right on the key, and does not check their values. ' +
        `The exit code is ${EXIT_CODES.done} without problems, and ${EXIT_CODES.problems} otherwise.`,
    )
    .option('--decrypt', 'check the values of secrets, too; it shows none of them')
    .action(async (dbName: string | undefined, dbEnv: string | undefined, _options, command: Command) => {
      const { settings: file, decrypt = false } = command.optsWithGlobals<SettingsOption & { decrypt?: boolean }>();
      const selection = selectionOf(dbName, dbEnv);
      const settings = readSettings(file ?? surroundings.defaultSettingsFile);
      const commandOptions = file === undefined ? [] : ['--settings', file];
      const report = await checkParameters(
        { selection, decrypt, commandOptions },
        settings,
        surroundings.connect(settings),
      );
      surroundings.say(report.text);
      end(report.problemCount === 0 ? EXIT_CODES.done : EXIT_CODES.problems);
    });

  return params;
}

const PUSH_EXAMPLES = `
Examples:
  ops params push classicmodels demo                    asks for what is missing
  ops params push classicmodels demo db_pass            replaces the password
  ops params push classicmodels demo --from-env db_pass=DB_PASS
  ops params push shop prod --user mary --register application
  pass show shop/prod | ops params push shop prod --user mary password --stdin

With the value /aws/reference/secretsmanager/NAME, jobs read that secret of Secrets Manager.`;

const collect = (value: string, previous: readonly string[] = []): readonly string[] => [...previous, value];

function addSelection(command: Command): Command {
  return command
    .argument('[db_name]', 'database (default: all)')
    .argument('[db_env]', 'its environment (default: all)');
}

function selectionOf(dbName: string | undefined, dbEnv: string | undefined): Selection {
  refuseValues([dbName ?? '', dbEnv ?? '']);
  const selection = { ...(dbName !== undefined && { dbName }), ...(dbEnv !== undefined && { dbEnv }) };
  checkReference(selection);
  return selection;
}
