import type { Found, Page } from './page.ts';

/** What the workspace offers to `nx` and `npm run`. */
export interface WorkspaceCommands {
  /** Name of a project to the names of its targets. */
  readonly targets: ReadonlyMap<string, ReadonlySet<string>>;
  /** Generators of the workspace, as `nx g` takes them. */
  readonly generators: ReadonlySet<string>;
  /** Scripts of the root package.json. */
  readonly scripts: ReadonlySet<string>;
}

const SHELLS = ['sh', 'bash', 'shell', 'console'];
/** Commands of Nx itself; every other first word is a target. */
const NX_COMMANDS = ['show', 'graph', 'reset', 'report', 'list'];
/** Scripts that npm runs without `run`. */
const OWN_WORD = ['test', 'start'];

/** Describes each `nx` or `npm` command of a page that does not work as it is typed. */
export function wrongCommands(page: Page, workspace: WorkspaceCommands): string[] {
  return typedCommands(page).flatMap(({ text, line }) =>
    [
      ...bareNx(text),
      ...[...text.matchAll(/\bnpx nx ([^\n|;&)#]*)/g)].flatMap(([, words = '']) => wrongNx(words, workspace)),
      ...[...text.matchAll(/\bnpm (?:run ([\w:-]+)|(\w+))/g)].flatMap(([, run, own]) => wrongNpm(run, own, workspace)),
    ].map((problem) => `${page.path}:${line}: ${problem}`),
  );
}

/** Each line of the shell blocks, and each piece of code in the text that is a command. */
function typedCommands({ blocks, inlineCode }: Page): Found[] {
  const lines = blocks
    .filter(({ language }) => SHELLS.includes(language))
    .flatMap(({ text, line }) => text.split('\n').map((each, index) => ({ text: each, line: line + index + 1 })));
  return [...lines, ...inlineCode];
}

function bareNx(command: string): string[] {
  return /(^|[;&|(]\s*|\$ )nx [a-z]/.test(command)
    ? [`"${command.trim()}" types nx, which is not on a reader's PATH: "npx nx".`]
    : [];
}

function wrongNx(written: string, { targets, generators }: WorkspaceCommands): string[] {
  const words = written.trim().split(/\s+/);
  const [verb = ''] = words;
  // Prose may name a command of Nx without the rest.
  if (NX_COMMANDS.includes(verb) || (verb === 'run' && words.length === 1)) return [];
  if (verb === 'run-many' || verb === 'affected') return wrongTargets(words.slice(1), targets);
  if (verb === 'g' || verb === 'generate') {
    const [, generator = ''] = words;
    return generators.has(generator)
      ? []
      : [`"nx ${written.trim()}" names ${generator || 'no generator'}: no such generator.`];
  }
  const [project = '', target = ''] = verb === 'run' ? (words[1] ?? '').split(':') : [words[1], verb];
  const offered = targets.get(project);
  if (offered === undefined) return [`"nx ${written.trim()}" names ${project || 'no project'}: no such project.`];
  return offered.has(target) ? [] : [`"nx ${written.trim()}": ${project} has no target ${target}.`];
}

/** `-t lint test` and `-p a,b`, as `run-many` and `affected` take them. */
function wrongTargets(words: readonly string[], targets: WorkspaceCommands['targets']): string[] {
  const problems: string[] = [];
  let option = '';
  for (const word of words) {
    const [name = '', value] = word.startsWith('-') ? word.split('=') : [option, word];
    option = name;
    for (const each of value?.split(',') ?? []) {
      const isTarget = ['-t', '--target', '--targets'].includes(name);
      const isProject = ['-p', '--projects'].includes(name);
      if (isTarget && ![...targets.values()].some((offered) => offered.has(each)))
        problems.push(`no project has a target ${each}.`);
      if (isProject && !targets.has(each)) problems.push(`${each} is no project.`);
    }
  }
  return problems;
}

function wrongNpm(run: string | undefined, own: string | undefined, { scripts }: WorkspaceCommands): string[] {
  const script = run ?? (own !== undefined && OWN_WORD.includes(own) ? own : undefined);
  return script === undefined || scripts.has(script) ? [] : [`package.json has no script ${script}.`];
}
