import { join } from 'node:path';
import ts from 'typescript';
import type { CodeBlock, Page } from './page.ts';

/** Languages of a block that holds TypeScript. */
const TYPESCRIPT_LANGUAGES = ['ts', 'typescript'];

interface Snippet {
  readonly page: Page;
  readonly block: CodeBlock;
}

/** The TypeScript blocks of all pages. */
export function typescriptSnippets(pages: readonly Page[]): Snippet[] {
  return pages.flatMap((page) =>
    page.blocks.filter(({ language }) => TYPESCRIPT_LANGUAGES.includes(language)).map((block) => ({ page, block })),
  );
}

/**
 * Describes each mistake that TypeScript finds in the TypeScript blocks of pages, in one program. A block is a module in
 * the folder of its page. What a block takes from its surroundings is declared by the mark `given` before it.
 */
export function typescriptProblems(pages: readonly Page[], workspaceRoot: string): string[] {
  const snippets = new Map(
    typescriptSnippets(pages).map((snippet) => {
      const { page, block } = snippet;
      return [join(workspaceRoot, `${page.path}.line-${block.line}.ts`), snippet];
    }),
  );
  const program = createProgram(snippets, workspaceRoot);
  return [...snippets].flatMap(([file, snippet]) => {
    const source = program.getSourceFile(file);
    if (source === undefined) throw new Error(`TypeScript did not read ${file}.`);
    const syntax = program.getSyntacticDiagnostics(source);
    const mistakes = syntax.length > 0 ? syntax : program.getSemanticDiagnostics(source);
    return [
      ...mistakes.map((mistake) => describe(mistake, source, snippet)),
      ...unusedNames(source, snippet).map((name) => `${inMark(snippet)}: the block does not use ${name}.`),
      ...(hasAny(source) ? [`${where(snippet)}: has the type any, which checks nothing.`] : []),
    ];
  });
}

function createProgram(snippets: ReadonlyMap<string, Snippet>, workspaceRoot: string): ts.Program {
  const base: { config?: object } = ts.readConfigFile(
    join(workspaceRoot, 'tsconfig.base.json'),
    ts.sys.readFile.bind(ts.sys),
  );
  const { options: shared } = ts.parseJsonConfigFileContent({ ...base.config, files: [] }, ts.sys, workspaceRoot);
  const options = { ...shared, types: ['node'], noEmit: true };
  const host = ts.createCompilerHost(options);
  // aws-cdk-lib declares every service in one package, mostly in comments: reading them would take a third of the time.
  host.jsDocParsingMode = ts.JSDocParsingMode.ParseNone;
  const disk = { ...host };
  host.fileExists = (file) => snippets.has(file) || disk.fileExists(file);
  host.getSourceFile = (file, languageVersion, ...rest) => {
    const snippet = snippets.get(file);
    return snippet === undefined
      ? disk.getSourceFile(file, languageVersion, ...rest)
      : ts.createSourceFile(file, moduleText(snippet.block), languageVersion, true);
  };
  return ts.createProgram([...snippets.keys()], options, host);
}

/** The block first, so that its lines count from the fence. Declarations and imports hold for the lines above, too. */
function moduleText({ text, mark }: CodeBlock): string {
  return `${text}${mark?.kind === 'given' ? mark.value : ''}\nexport {};\n`;
}

function describe({ start = 0, messageText }: ts.Diagnostic, source: ts.SourceFile, snippet: Snippet): string {
  const place =
    start < snippet.block.text.length
      ? where(snippet, source.getLineAndCharacterOfPosition(start).line + 1)
      : inMark(snippet);
  return `${place}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
}

function where({ page, block }: Snippet, lineAfterFence = 0): string {
  return `${page.path}:${block.line + lineAfterFence}`;
}

function inMark(snippet: Snippet): string {
  return `${where(snippet)}, in the mark "given"`;
}

/** What the mark declares or imports and neither the block nor the rest of the mark uses. */
function unusedNames(source: ts.SourceFile, { block }: Snippet): string[] {
  const uses = new Map<string, number>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) uses.set(node.text, (uses.get(node.text) ?? 0) + 1);
    ts.forEachChild(node, visit);
  };
  source.statements.forEach(visit);
  const declared = source.statements.filter(({ pos }) => pos >= block.text.length - 1).flatMap(declaredNames);
  return declared.filter((name) => uses.get(name) === 1);
}

function declaredNames(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  if (ts.isImportDeclaration(statement)) {
    const bindings = statement.importClause?.namedBindings;
    return bindings && ts.isNamedImports(bindings) ? bindings.elements.map(({ name }) => name.text) : [];
  }
  return ts.isClassDeclaration(statement) || ts.isFunctionDeclaration(statement) ? [statement.name?.text ?? ''] : [];
}

function hasAny(node: ts.Node): boolean {
  return node.kind === ts.SyntaxKind.AnyKeyword || (ts.forEachChild(node, hasAny) ?? false);
}
