/** The makers of database servers, as comments in the pages name them. */
const MAKERS = { mysql: 'MySQL', mariadb: 'MariaDB' } as const;

export type Maker = keyof typeof MAKERS;

/**
 * The statements of a page's SQL block that a reader with this server runs. A line whose comment begins with the name of a
 * maker is for that maker's servers alone, and `'...'` is a password of the reader's.
 */
export function sqlStatements(block: string, maker: Maker): string[] {
  return block
    .split('\n')
    .filter((line) => {
      const [, comment = ''] = line.split(/\s--\s/);
      return !Object.entries(MAKERS).some(([other, name]) => other !== maker && comment.startsWith(name));
    })
    .map((line) => line.replace(/(^|\s)--\s.*$/, '').replaceAll("'...'", "'Of-the-reader-1'"))
    .join('\n')
    .split(/;\s*(?:\n|$)/)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}
