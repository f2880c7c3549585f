import { UsageError } from '../errors.ts';
import type { Prompts } from '../prompts.ts';
import type { GroupParameter } from './parameter-group.ts';
import { describeValueProblem } from './value-problem.ts';

/** Where values can come from. The command line is no such place: every process on the machine can read it. */
export interface ValueSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  readStdin(): Promise<string>;
  /** Absent: there is nobody at a terminal. */
  readonly openPrompts?: () => Prompts;
}

/** What the command line says about where they come from. */
export interface ChosenSources {
  /** Parameter to variable. */
  readonly fromEnv: ReadonlyMap<string, string>;
  readonly stdin: boolean;
}

/**
 * A value for each parameter. Asks only when every value that comes from elsewhere is good.
 *
 * @throws UsageError with everything that is missing or wrong.
 */
export async function gatherValues(
  wanted: readonly GroupParameter[],
  { fromEnv, stdin }: ChosenSources,
  sources: ValueSources,
): Promise<Map<string, string>> {
  const values = new Map<string, string>();
  const problems: string[] = [];
  const take = (name: string, value: string, origin: string): void => {
    const problem = describeValueProblem(name, value);
    if (problem === undefined) values.set(name, value);
    else problems.push(`The value of ${name} ${origin} ${problem}.`);
  };

  for (const [name, variable] of fromEnv) {
    const value = sources.env[variable];
    if (value === undefined) problems.push(noVariable(name));
    else take(name, value, 'in the environment');
  }
  const others = wanted.filter(({ name }) => !fromEnv.has(name));
  const names = others.map(({ name }) => name).join(', ');
  if (stdin && others.length === 1) {
    for (const { name } of others) take(name, withoutLineEnd(await sources.readStdin()), 'on standard input');
  } else if (stdin) {
    problems.push(`--stdin is for exactly one parameter, not for ${names === '' ? 'none' : names}: name that one.`);
  } else if (others.length > 0 && sources.openPrompts === undefined) {
    problems.push(
      `Nobody can be asked for ${names}, because this is no terminal: give each with --from-env PARAMETER=VARIABLE, or a single one with --stdin.`,
    );
  }
  if (problems.length > 0) throw new UsageError(problems);
  if (!stdin && others.length > 0 && sources.openPrompts !== undefined)
    await askFor(others, sources.openPrompts, values);
  return values;
}

/** The variable's name is not told: somebody may have put a value there. */
function noVariable(name: string): string {
  return `There is no variable for ${name} in the environment: --from-env ${name}=VARIABLE takes its name, never a value.`;
}

function withoutLineEnd(text: string): string {
  return text.replace(/\r?\n$/, '');
}

async function askFor(
  wanted: readonly GroupParameter[],
  openPrompts: () => Prompts,
  values: Map<string, string>,
): Promise<void> {
  const prompts = openPrompts();
  try {
    for (const parameter of wanted) values.set(parameter.name, await askUntilGood(parameter, prompts));
  } finally {
    prompts.close();
  }
}

async function askUntilGood({ name, isSecret }: GroupParameter, prompts: Prompts): Promise<string> {
  let complaint = '';
  for (;;) {
    const value = isSecret
      ? await prompts.askHidden(`${complaint}${name} (hidden): `)
      : await prompts.ask(`${complaint}${name}: `);
    const problem = describeValueProblem(name, value);
    if (problem !== undefined) complaint = `This value ${problem}.\n`;
    else if (isSecret && (await prompts.askHidden(`${name} again: `)) !== value) complaint = 'They differ.\n';
    else return value;
  }
}
