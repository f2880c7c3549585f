import { dirname } from 'node:path/posix';
import { applyChangesToString, ChangeType } from '@nx/devkit';
import ts from 'typescript';

/** What is added to a source. */
export interface Addition {
  /** Name of what is imported. */
  readonly imported: string;
  readonly from: string;
  /** The constant that is a list or a table. */
  readonly constant: string;
  readonly entry: string;
}

/**
 * TypeScript source with an import more, after the last one of the same folder, and an entry more, at the end of the list
 * or table that a constant is.
 *
 * @throws Error when the source has no such constant, or no import of the folder
 */
export function addEntry(source: string, { imported, from, constant, entry }: Addition): string {
  const file = ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true);
  const value = valueOf(file, constant);
  const lastEntry = value && entriesOf(value)?.at(-1);
  const lastImport = file.statements.filter((statement) => isImportFrom(statement, dirname(from))).at(-1);
  if (lastEntry === undefined || lastImport === undefined) {
    throw new Error(`There is no list or table ${constant} of what is in ${dirname(from)} to add ${entry} to.`);
  }
  return applyChangesToString(source, [
    { type: ChangeType.Insert, index: lastImport.end, text: `\nimport { ${imported} } from '${from}';` },
    { type: ChangeType.Insert, index: lastEntry.end, text: `, ${entry}` },
  ]);
}

function isImportFrom(statement: ts.Statement, folder: string): boolean {
  return (
    ts.isImportDeclaration(statement) &&
    ts.isStringLiteral(statement.moduleSpecifier) &&
    dirname(statement.moduleSpecifier.text) === folder
  );
}

function valueOf(file: ts.SourceFile, constant: string): ts.Expression | undefined {
  const declarations = file.statements
    .filter((statement) => ts.isVariableStatement(statement))
    .flatMap(({ declarationList }) => declarationList.declarations);
  return declarations.find(({ name }) => name.getText(file) === constant)?.initializer;
}

/** The entries of `[...]` or `{...}`, also where `as const` follows. */
function entriesOf(value: ts.Expression): readonly ts.Node[] | undefined {
  if (ts.isAsExpression(value)) return entriesOf(value.expression);
  if (ts.isArrayLiteralExpression(value)) return value.elements;
  if (ts.isObjectLiteralExpression(value)) return value.properties;
  return undefined;
}
