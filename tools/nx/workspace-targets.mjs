/**
 * The targets that every project has, inferred from the files that stand for them, so that no project repeats them:
 * `tsconfig.json` gives `lint`, `typecheck`, `test`, `e2e` (and `build` to a library); `cdk.json` gives `synth`, `diff`,
 * `deploy` and `destroy`. What bundles have in common is in nx.json.
 */
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createNodesFromFiles } from '@nx/devkit';

/** Type errors and tests can come from a library below, so its sources count too. */
const sources = ['default', '^production'];

/** A project without tests has no target for them, so that a pattern which fits no test fails in all others. */
function has(ending, folder) {
  const files = readdirSync(folder, { recursive: true });
  return files.some((file) => file.endsWith(ending) && !file.includes('node_modules'));
}

function jestTarget(target, config, projectRoot) {
  return {
    command: `jest --config ${config} --rootDir ${projectRoot}`,
    cache: true,
    inputs: [
      ...sources,
      '{workspaceRoot}/jest.preset.js',
      // What the preset names; the other files of that folder start commands, and no deploy hangs on them.
      '{workspaceRoot}/tools/setup/{fail-on-console.cjs,*-reporter.mjs,ending-environment.mjs}',
      '{workspaceRoot}/tools/setup/src/{left-open,test-results}.mjs',
    ],
    // Written by the reporter in jest.preset.js: a cached result brings its counts along.
    outputs: [`{workspaceRoot}/dist/test-results/{projectName}/${target}.json`],
  };
}

/** Stories run what is synthesized, in the local cloud; a project whose stories need less says so in package.json. */
function storiesTarget(projectRoot) {
  const target = jestTarget('e2e', 'jest.stories.js', projectRoot);
  return {
    ...target,
    dependsOn: [
      { projects: ['tag:wave:*'], target: 'synth' },
      { projects: ['local-cloud'], target: 'build' },
    ],
    inputs: [...target.inputs, '{workspaceRoot}/jest.stories.js', '{workspaceRoot}/settings.yml'],
  };
}

function codeTargets(projectRoot, workspaceRoot) {
  const isLibrary = projectRoot.startsWith('libs/');
  const folder = join(workspaceRoot, projectRoot);
  return {
    lint: {
      command: 'eslint --max-warnings 0 .',
      options: { cwd: projectRoot },
      cache: true,
      inputs: [...sources, '{workspaceRoot}/eslint.config.js', '{workspaceRoot}/.prettierrc.json'],
    },
    typecheck: { command: 'tsc --noEmit', options: { cwd: projectRoot }, cache: true, inputs: sources },
    ...(has('.test.ts', folder) && { test: jestTarget('test', 'jest.preset.js', projectRoot) }),
    ...(has('.story.ts', folder) && { e2e: storiesTarget(projectRoot) }),
    ...(isLibrary && {
      build: {
        command: `tsc --project ${projectRoot} --outDir dist/${projectRoot} --declaration`,
        cache: true,
        inputs: ['production', '^production'],
        outputs: [`{workspaceRoot}/dist/${projectRoot}`],
      },
    }),
  };
}

/** The assembly that was synthesized is the one that `local-cloud` runs and that is deployed. */
function cdkTargets(projectRoot) {
  const assembly = `dist/${projectRoot}/cdk.out`;
  // A cached deploy is one that silently does not happen; two at a time would race for one account's limits.
  const withAssembly = (verb) => ({
    command: `node tools/deploy/src/main.ts ${verb} {projectName} {projectRoot}`,
    cache: false,
    parallelism: false,
    dependsOn: ['synth'],
  });
  return {
    synth: {
      // CDK leaves the assets of earlier runs where they are.
      command: `rm -rf ../../${assembly} && cdk synth --quiet --output ../../${assembly}`,
      options: { cwd: projectRoot },
      cache: true,
      dependsOn: ['build'],
      // What is built is no input: it comes from these files too, and Nx would take our own output for a part of it.
      inputs: ['production', '^production', '{workspaceRoot}/settings.yml'],
      outputs: [`{workspaceRoot}/${assembly}`],
    },
    diff: withAssembly('diff'),
    deploy: withAssembly('deploy'),
    destroy: withAssembly('destroy'),
  };
}

export const createNodesV2 = [
  '{apps,libs,tools}/*/{tsconfig,cdk}.json',
  (files, options, context) =>
    createNodesFromFiles(
      (file) => {
        const root = dirname(file);
        const targets = file.endsWith('cdk.json') ? cdkTargets(root) : codeTargets(root, context.workspaceRoot);
        return { projects: { [root]: { targets } } };
      },
      files,
      options,
      context,
    ),
];
