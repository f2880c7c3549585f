import eslint from '@eslint/js';
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import importX from 'eslint-plugin-import-x';
import jsdoc from 'eslint-plugin-jsdoc';
import tseslint from 'typescript-eslint';

const cdk = ['aws-cdk-lib', 'aws-cdk-lib/*', 'constructs'];

/** Which kind of project may import which: see docs/decisions/0002-boundaries.md. */
const boundaries = {
  enforceBuildableLibDependency: true,
  allow: [],
  depConstraints: [
    { sourceTag: 'type:app', onlyDependOnLibsWithTags: ['type:lib'] },
    { sourceTag: 'type:lib', onlyDependOnLibsWithTags: ['type:lib'] },
    {
      sourceTag: 'plane:contract',
      onlyDependOnLibsWithTags: ['plane:contract'],
      bannedExternalImports: ['@aws-sdk/*', ...cdk],
    },
    {
      sourceTag: 'plane:runtime',
      // plane:test is for test files alone; `no-restricted-imports` below keeps it out of everything else.
      onlyDependOnLibsWithTags: ['plane:runtime', 'plane:contract', 'plane:test'],
      bannedExternalImports: cdk,
    },
    {
      sourceTag: 'plane:synth',
      onlyDependOnLibsWithTags: ['plane:synth', 'plane:contract', 'plane:test'],
      bannedExternalImports: ['@aws-sdk/*'],
    },
  ],
};

const testServers = {
  group: ['@serverless-ops/test-servers'],
  message: 'Servers for tests are for test files, the demo, the benchmarks and e2e.',
};
/** Beside tests, the local cloud and the servers for tests alone are made of these. */
const engines = {
  group: ['states-language', 'api-gateway', 's3-server', 'ssm-server'].map((name) => `@serverless-ops/${name}`),
  message: "AWS's engines as libraries are for test files and the local cloud.",
};
const testOnly = {
  group: ['**/testing/**'],
  message: 'What is in testing/ is for tests: it is left out of what is built and deployed.',
};
const packageInsides = {
  group: ['@serverless-ops/*/*'],
  message: 'Import a package by its name: its index.ts is what it offers.',
};
const notForProduction = [testServers, engines, testOnly, packageInsides];

export default tseslint.config(
  { ignores: ['**/dist', '**/cdk.out', '**/node_modules', '**/tmp'] },
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { '@nx': nx, 'import-x': importX, jsdoc },
    rules: {
      '@nx/enforce-module-boundaries': ['error', boundaries],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': 'allow-with-description' }],
      // States Language, CloudFormation and the AWS wire protocols write their keys as `x['Type']`.
      '@typescript-eslint/dot-notation': 'off',
      'import-x/no-cycle': 'error',
      'import-x/no-default-export': 'error',
      'jsdoc/informative-docs': 'error',
      'max-lines': ['error', { max: 300, skipComments: true, skipBlankLines: true }],
      'no-console': 'error',
      'no-restricted-imports': ['error', { patterns: notForProduction }],
      'no-restricted-properties': [
        'error',
        {
          object: 'process',
          property: 'env',
          message: 'Only config.ts and entry points read the environment; pass it on.',
        },
      ],
    },
  },
  {
    files: ['apps/*/{src,contract}/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            ...notForProduction,
            {
              group: [...cdk, '@serverless-ops/cdk-kit', '**/infra/**'],
              message: 'CDK belongs in infra/; src/ is what runs.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['apps/*/infra/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            ...notForProduction,
            { group: ['@aws-sdk/*', '**/src/**'], message: 'infra/ describes resources; it never imports what runs.' },
          ],
        },
      ],
    },
  },
  {
    files: ['{apps/local-cloud,libs/api-gateway,tools/test-servers}/src/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [testServers, testOnly, packageInsides] }] },
  },
  {
    files: [
      '**/*.{test,story}.ts',
      '**/testing/**/*.ts',
      'tools/{demo,docs-check,e2e,bench,exactness,image,start}/**/*.ts',
      'tools/smoke/**/*.story.ts',
    ],
    rules: {
      // Tests are no part of a build, and the servers for them are never built.
      '@nx/enforce-module-boundaries': ['error', { ...boundaries, enforceBuildableLibDependency: false }],
      'no-restricted-imports': ['error', { patterns: [packageInsides] }],
      'max-lines': ['error', { max: 400, skipComments: true, skipBlankLines: true }],
    },
  },
  { files: ['**/{main,config}.ts', 'tools/**/*.ts'], rules: { 'no-restricted-properties': 'off' } },
  { files: ['tools/{demo,bench,exactness,start}/**/*.ts', 'tools/image/src/main.ts'], rules: { 'no-console': 'off' } },
  { files: ['**/*.{js,mjs,cjs}'], languageOptions: { globals: { process: 'readonly', console: 'readonly' } } },
  {
    files: ['**/*.cjs'],
    languageOptions: {
      globals: { require: 'readonly', jest: 'readonly', beforeEach: 'readonly', afterEach: 'readonly' },
    },
  },
  prettier,
);
