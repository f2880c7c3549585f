import type { Incompleteness, Inventory } from '@serverless-ops/mysql-dump';
import type { StoredProgram, ToolFacts } from './read-tool-facts.ts';

/** Names that a sentence lists; the others are a number. */
const LISTED = 5;

const REMEDY = 'Order the backup with engine: parallel, which brings it back.';

/** Character sets in which a part of a character looks like a backslash or a quote. */
const HIDES_ASCII = /^(sjis|cp932|gbk|big5|gb18030)$/;

const NOT_ASCII = /[^\0-\x7f]/;

/**
 * What `mysqldump` and `mariadb-dump` do to this database that ends in no dump of use, each as a sentence: they never end,
 * or leave rows out, or write what no client can restore.
 */
export function whyToolsFail({ programs, variables, nextvalTables }: ToolFacts): string[] {
  const endless = programs.filter(({ kind, body }) => kind === 'event' && body.includes(';;'));
  return [
    ...(endless.length > 0 ? [`${list('event', endless)} holds ";;", at which the tools never end`] : []),
    ...(nextvalTables.length > 0
      ? [`${list('table', nextvalTables)} takes a default from a sequence, which its dump cannot be restored with`]
      : []),
    ...variables.map(({ name, value }) => `the server sets ${name} to ${value}, so a dump lacks rows`),
  ];
}

/** What a dump by these tools lacks or changes while they report success, as far as it can be seen in advance. */
export function lossesOfTools({ tables, flavor, defaults }: Inventory, { programs }: ToolFacts): Incompleteness[] {
  const withRows = tables.flatMap(({ rows }) => rows ?? []);
  const withColumn = (matches: RegExp): typeof withRows =>
    withRows.filter(({ columns }) => columns.some(({ columnType }) => matches.test(columnType)));
  const lacks = tables.filter(({ isLax }) => isLax);
  const older = programs.filter(({ databaseCollation }) => databaseCollation !== defaults.collation);
  return [
    loss(
      `digits of FLOAT values in ${list('table', withColumn(/^float/i))}`,
      'The tools write six digits of a FLOAT.',
      withColumn(/^float/i),
    ),
    loss(
      `members of ENUM or SET columns in ${list('table', withColumn(/^(enum|set)\(.*\?/is))}`,
      'The server shows some of them with a "?", which may stand for a character such as an emoji.',
      withColumn(/^(enum|set)\(.*\?/is),
    ),
    loss(
      `history of ${list('table', withRows.filter(isVersioned))}`,
      'The tools dump the present rows of a system-versioned table alone.',
      withRows.filter(isVersioned),
    ),
    loss(
      `one moment for ${list('table', withRows.filter(hasNoTransactions))}`,
      'The engine has no transactions, so the rows are of the time at which they were read.',
      withRows.filter(hasNoTransactions),
    ),
    loss(
      `options of ${list('table', lacks)}`,
      'The server made the table with innodb_strict_mode = 0, and refuses it otherwise.',
      flavor === 'mariadb' ? lacks : [],
    ),
    loss(
      list('program', older),
      'It is older than the defaults of the database. A restore under another name changes the defaults of the database with the old name.',
      older,
    ),
    ...programLosses(programs, flavor),
  ].flat();
}

function programLosses(programs: readonly StoredProgram[], flavor: Inventory['flavor']): Incompleteness[] {
  const endInComment = programs.filter(({ body }) => /(?:--\s|#)[^\n'"`]*$/.test(body.trimEnd()));
  const foreign = programs.filter(({ characterSet }) => !characterSet.startsWith('utf8'));
  const renamed = foreign.filter(({ name, comment }) => NOT_ASCII.test(name + comment));
  const misread = foreign.filter(({ characterSet, body }) => HIDES_ASCII.test(characterSet) && NOT_ASCII.test(body));
  return [
    ...loss(
      `end of ${list('program', endInComment)}`,
      'Its body ends in a comment, in which the tool of MySQL hides the end of the statement.',
      flavor === 'mysql' ? endInComment : [],
    ),
    ...loss(
      `name or comment of ${list('program', renamed)}`,
      'A client of another character set made it, and the tools write name and comment in a wrong one.',
      renamed,
    ),
    ...loss(
      `body of ${list('program', misread)}`,
      'A client of another character set made it, and the clients misread its characters at the restore.',
      misread,
    ),
  ];
}

function loss(what: string, why: string, of: readonly unknown[]): Incompleteness[] {
  return of.length === 0 ? [] : [{ what, why, remedy: REMEDY }];
}

function isVersioned({ selectSuffix }: { readonly selectSuffix?: string }): boolean {
  return selectSuffix !== undefined;
}

function hasNoTransactions({ engine }: { readonly engine: string }): boolean {
  return /^(MyISAM|Aria|MEMORY|HEAP|CSV|ARCHIVE)$/i.test(engine);
}

function list(kind: string, things: readonly { readonly name: string; readonly kind?: string }[]): string {
  const names = things.slice(0, LISTED).map((thing) => `${thing.kind ?? kind} ${JSON.stringify(thing.name)}`);
  return `${names.join(', ')}${things.length > LISTED ? ` and ${things.length - LISTED} more` : ''}`;
}
