import type { Definition } from './definitions.ts';

/** Where the options of a table begin: SHOW CREATE TABLE writes line breaks of a comment as `\n`. */
const ENGINE = /^\).*?\bENGINE=(\w+)/m;

/** The engine in a table's definition; empty where there is none. */
export function engineOf({ create }: Pick<Definition, 'create'>): string {
  const [, engine = ''] = ENGINE.exec(create.toString('latin1')) ?? [];
  return engine;
}

/** Whether the engine of a table can take back what was not committed; unknown engines count as such that cannot. */
export function isTransactional(definition: Pick<Definition, 'create'>): boolean {
  return engineOf(definition).toUpperCase() === 'INNODB';
}
