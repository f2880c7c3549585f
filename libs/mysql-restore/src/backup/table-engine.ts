import type { Definition } from './definitions.ts';

/** Where the options of a table begin: SHOW CREATE TABLE writes line breaks of a comment as `\n`. */
const ENGINE = /^\).*?\bENGINE=(\w+)/m;

/** Whether the engine of a table can take back what was not committed; unknown engines count as such that cannot. */
export function isTransactional({ create }: Pick<Definition, 'create'>): boolean {
  const [, engine = ''] = ENGINE.exec(create.toString('latin1')) ?? [];
  return engine.toUpperCase() === 'INNODB';
}
