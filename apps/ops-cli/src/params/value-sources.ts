import { ACCOUNT_KINDS } from '@serverless-ops/names';
import { UsageError } from '../errors.ts';
import type { Prompts } from '../prompts.ts';
import type { GroupParameter } from './parameter-group.ts';
import { describeValueProblem } from './value-problem.ts';

/** Where values can come from. The command line is no such place: every process on the machine can read it. */
export interface ValueSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly readStdin: () => Promise<string>;
  /** Absent without a terminal. */
  readonly openPrompts?: () => Prompts;
}

/** What the command line says about where they come from. */
export interface ChosenSources {
  /** Parameter to variable. */
  readonly fromEnv: ReadonlyMap<string, string>;
  readonly stdin: boolean;
}

/** @throws UsageError with every variable that is not there, and every value that cannot be one. */
export function takeFromEnvironment(
  wanted: readonly GroupParameter[],
  fromEnv: ReadonlyMap<string, string>,
  env: ValueSources['env'],
): Map<string, string> {
  const values = new Map<string, string>();
  const problems: string[] = [];
  for (const parameter of wanted) {
    const { name } = parameter;
    const variable = fromEnv.get(name);
    if (variable === undefined) continue;
    const value = env[variable];
    const problem = value === undefined ? undefined : describeValueProblem(parameter, value);
    if (value === undefined) problems.push(noVariable(name));
    else if (problem !== undefined) problems.push(`The value of ${name} in the environment ${problem}.`);
    else values.set(name, value);
  }
  if (problems.length > 0) throw new UsageError(problems);
  return values;
}

/**
 * A value for each parameter, from standard input or from the person at the terminal.
 *
 * @throws UsageError when neither can give them.
 */
export async function takeOrAsk(
  wanted: readonly GroupParameter[],
  stdin: boolean,
  { readStdin, openPrompts }: ValueSources,
): Promise<Map<string, string>> {
  const names = wanted.map(({ name }) => name).join(', ');
  if (stdin) {
    const [parameter, ...more] = wanted;
    if (parameter === undefined || more.length > 0) {
      throw new UsageError([
        `--stdin gives exactly one parameter a value, and this command needs ${names || 'none'}. Name one parameter.`,
      ]);
    }
    const { name } = parameter;
    const value = withoutLineEnd(await readStdin());
    const problem = describeValueProblem(parameter, value);
    if (problem !== undefined) throw new UsageError([`The value of ${name} on standard input ${problem}.`]);
    return new Map([[name, value]]);
  }
  if (wanted.length === 0) return new Map();
  if (openPrompts !== undefined) return askFor(wanted, openPrompts());
  throw new UsageError([
    `ops cannot ask for ${names}, because it has no terminal. Give each value with --from-env PARAMETER=VARIABLE, or a single one with --stdin.`,
  ]);
}

/** The variable's name is not told: somebody may have put a value there. */
function noVariable(name: string): string {
  return `The environment has no such variable for ${name}. --from-env ${name}=VARIABLE takes the name of a variable, never a value.`;
}

function withoutLineEnd(text: string): string {
  return text.replace(/\r?\n$/, '');
}

/** What a person has to know to answer. */
const HINTS: Partial<Record<GroupParameter['name'], string>> = {
  account: ACCOUNT_KINDS.join(' or '),
  grant: 'in one line',
};

async function askFor(wanted: readonly GroupParameter[], prompts: Prompts): Promise<Map<string, string>> {
  const values = new Map<string, string>();
  try {
    for (const parameter of wanted) values.set(parameter.name, await askUntilGood(parameter, prompts));
    return values;
  } finally {
    prompts.close();
  }
}

async function askUntilGood(parameter: GroupParameter, prompts: Prompts): Promise<string> {
  const { name, isSecret } = parameter;
  const hint = HINTS[name];
  let complaint = '';
  for (;;) {
    const value = isSecret
      ? await prompts.askHidden(`${complaint}${name} (hidden): `)
      : await prompts.ask(`${complaint}${name}${hint === undefined ? '' : ` (${hint})`}: `);
    const problem = describeValueProblem(parameter, value);
    if (problem !== undefined) complaint = `This value ${problem}.\n`;
    else if (isSecret && (await prompts.askHidden(`${name} again: `)) !== value) complaint = 'The two values differ.\n';
    else return value;
  }
}
