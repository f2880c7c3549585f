import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatFiles, generateFiles, logger, names, type GeneratorCallback, type Tree } from '@nx/devkit';
import { JOB_NAMES, jobNameProblem, type WorkerPurpose } from '@serverless-ops/job-schemas';
import { addEntry, type Addition } from './add-entry.ts';

/** What the generator is asked for, as its schema has it. */
export interface GenerateJobOptions {
  readonly name: string;
  readonly purpose: WorkerPurpose;
}

const TEMPLATES = join(import.meta.dirname, 'templates');
const KIND_TEMPLATE = join(TEMPLATES, 'libs/job-schemas/src/kinds/__fileName__.ts.template');
const TABLE = 'libs/job-schemas/src/job-kinds.ts';
const DISPATCH = 'apps/mysql-worker/src/perform-job.ts';

/**
 * Makes the files of a new kind of job that runs in the worker, and its entries in the table of kinds and in the worker.
 * All checks pass then but one test of the job, which says what to write.
 *
 * @throws Error for a name that no job can have, or that another one has
 */
export async function generateJob(tree: Tree, { name, purpose }: GenerateJobOptions): Promise<GeneratorCallback> {
  const { fileName, className, propertyName: constant } = names(name);
  const performer = `perform${className}`;
  requireFreeName(tree, name, fileName);
  requireFreeConstant(tree, name, constant);
  generateFiles(tree, TEMPLATES, '.', { name, purpose, fileName, constant, performer });
  change(tree, TABLE, {
    imported: constant,
    from: `./kinds/${fileName}.ts`,
    constant: 'KINDS',
    entry: constant,
  });
  change(tree, DISPATCH, {
    imported: performer,
    from: `./jobs/${fileName}.ts`,
    constant: 'JOBS',
    entry: `${name}: ${performer}`,
  });
  await formatFiles(tree);
  return () => {
    // The tables of the pages follow from the schemas, which are on disk only now. Each process loads a module once.
    execFileSync(process.execPath, [join(tree.root, 'apps/api-contract/contract/generated-pages/write-pages.ts')]);
    logger.info(nextSteps(name, fileName, purpose));
  };
}

function requireFreeName(tree: Tree, name: string, fileName: string): void {
  const problem = jobNameProblem(name);
  if (problem !== undefined) throw new Error(`${name} cannot be the name of a job: ${problem}.`);
  if (JOB_NAMES.some((taken) => taken === name))
    throw new Error(`There is a job ${name} already: ${TABLE} lists them.`);
  const taken = [
    `libs/job-schemas/src/kinds/${fileName}.ts`,
    `apps/mysql-worker/src/jobs/${fileName}.ts`,
    `tools/e2e/src/${fileName}.story.ts`,
  ].find((file) => tree.exists(file));
  if (taken !== undefined) throw new Error(`${name} cannot be the name of a job: its file ${taken} is there already.`);
}

function requireFreeConstant(tree: Tree, name: string, constant: string): void {
  const sources = [tree.read(TABLE, 'utf8') ?? '', readFileSync(KIND_TEMPLATE, 'utf8')];
  if (sources.some((source) => new RegExp(`\\b${constant}\\b`).test(source))) {
    throw new Error(
      `${name} cannot be the name of a job: ${constant} has another meaning in ${TABLE} or in the file of a kind.`,
    );
  }
}

function change(tree: Tree, file: string, addition: Addition): void {
  tree.write(file, addEntry(tree.read(file, 'utf8') ?? '', addition));
}

function nextSteps(name: string, fileName: string, purpose: WorkerPurpose): string {
  return [
    '',
    `${name} can be ordered, and does nothing so far. Next:`,
    `  1. libs/job-schemas/src/kinds/${fileName}.ts: its options, an example of each, and its result`,
    `  2. apps/mysql-worker/src/jobs/${fileName}.ts: what it does, until npx jest ${fileName} passes`,
    `  3. npx nx write-page api-contract: the tables of docs/api.md and docs/deploy.md`,
    ...(purpose === 'restore' ? ['     docs/rights.md: node tools/template-checks/src/rights/main.ts'] : []),
    `  4. npx nx run e2e:e2e --testPathPatterns=${fileName}: its story`,
    'docs/add-a-job.md says more about each.',
  ].join('\n');
}
