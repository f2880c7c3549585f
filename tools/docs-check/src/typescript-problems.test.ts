import { readPage } from './page.ts';
import { typescriptProblems, typescriptSnippets } from './typescript-problems.ts';
import { readWorkspacePages, WORKSPACE_ROOT } from './workspace-pages.ts';

const FENCE = '```';
const IMPORT = "import { resourceNames } from '@serverless-ops/names';";

const block = (text: string, mark?: string): string =>
  `${mark === undefined ? '' : `<!-- ${mark} -->\n\n`}${FENCE}ts\n${text}\n${FENCE}\n`;

const RIGHT = [
  block(`${IMPORT}\nresourceNames('serverlessops').workerStateMachine; // its name`),
  block('const { length, at } = letters;', 'given: declare const letters: string;'),
  block(
    'names(prefix);',
    `given:\n${IMPORT.replace('resourceNames', 'resourceNames as names')}\ndeclare const prefix: string;\n`,
  ),
];
const WRONG = [
  [block(`${IMPORT}\nresourceNames('serverlessops').workerMachine;`), /^3: Property 'workerMachine' does not/],
  [block(`${IMPORT}\nresourceNames(5);`), /^3: Argument of type 'number' is not assignable/],
  [block(IMPORT.replace('resourceNames', 'resourceName')), /^2: .* has no exported member/],
  [block("import '@serverless-ops/nothing';\nimport { x } from './none.ts';"), /^3: Cannot find module/],
  [block('letters.length;'), /^2: Cannot find name 'letters'/],
  [block('const x: = 1;'), /^2: Type expected/],
  [block('1;', 'given: declare const x: string;'), /^3, in the mark "given": the block does not use x\./],
  [block('x.y();', 'given: declare const x: any;'), /^3: has the type any/],
] as const;

const INVENTED = [...RIGHT, ...WRONG.map(([text]) => text)];
const workspace = readWorkspacePages();

// One program for all of them: most of its time goes into the declarations of libraries.
const problems = typescriptProblems(
  [...INVENTED.map((text, index) => readPage(`libs/names/${index}.md`, text)), ...workspace],
  WORKSPACE_ROOT,
);
const problemsOf = (index: number): string[] =>
  problems
    .filter((problem) => problem.startsWith(`libs/names/${index}.md:`))
    .map((problem) => problem.replace(`libs/names/${index}.md:`, ''));

describe('a TypeScript block', () => {
  it.each(RIGHT.map((text, index) => [text, index] as const))('is well: %s', (_text, index) => {
    expect(problemsOf(index)).toEqual([]);
  });

  it.each(WRONG.map(([text, problem], index) => [text, problem, RIGHT.length + index] as const))(
    'is wrong: %s',
    (_text, problem, index) => {
      expect(problemsOf(index)).toEqual([expect.stringMatching(problem)]);
    },
  );
});

describe('the TypeScript blocks of the workspace', () => {
  it('are found', () => {
    expect(typescriptSnippets(workspace).length).toBeGreaterThan(10);
  });

  it('compile against the workspace', () => {
    expect(problems.filter((problem) => !/^libs\/names\/\d+\.md:/.test(problem))).toEqual([]);
  });
});
