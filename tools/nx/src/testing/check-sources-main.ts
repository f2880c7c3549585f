/**
 * `node check-sources-main.ts TSCONFIG FILE...` prints what the compiler finds in a project, and what lint finds in some
 * of its files. One program of TypeScript serves both: to load the types is most of the work of each.
 */
import { ESLint } from 'eslint';
import ts from 'typescript';

const [configFile = '', ...files] = process.argv.slice(2);
const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined };
const config = ts.getParsedCommandLineOfConfigFile(configFile, { noEmit: true }, host);
if (config === undefined) throw new Error(`${configFile} cannot be read.`);

const program = ts.createProgram(config.fileNames, config.options);
const formatHost = { ...ts.sys, getCanonicalFileName: (file: string) => file, getNewLine: () => '\n' };
const found = ts.formatDiagnostics([...config.errors, ...ts.getPreEmitDiagnostics(program)], {
  ...formatHost,
  getCurrentDirectory: () => ts.sys.getCurrentDirectory(),
});

const eslint = new ESLint({
  overrideConfig: {
    files: ['**/*.ts'],
    // It would parse packages, which this program has the types of alone.
    rules: { 'import-x/no-cycle': 'off' },
    languageOptions: { parserOptions: { projectService: false, programs: [program] } },
  },
});
const formatter = await eslint.loadFormatter('stylish');
process.stdout.write(found + (await formatter.format(await eslint.lintFiles(files))));
