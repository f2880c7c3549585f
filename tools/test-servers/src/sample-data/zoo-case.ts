/** A statement of a case, and the session that it runs in. `%OWN%` is the database's name, `%OTHER%` another's, quoted. */
export interface ZooStatement {
  readonly sql: string;
  /** Assignments of a SET that goes before. @default none, in a session with `sql_mode = ''` */
  readonly set?: string;
  /** Character set that the client speaks, as mysql2 calls its collation. @default utf8mb4 */
  readonly charset?: string;
}

/** Something that a backup has to bring back, or to name. */
export interface ZooCase {
  /** What the case is, as a test's title. */
  readonly title: string;
  /** @default both */
  readonly flavor?: 'mariadb' | 'mysql';
  /** What follows CREATE DATABASE and the name. @default utf8mb4 */
  readonly databaseOptions?: string;
  readonly statements: readonly (string | ZooStatement)[];
}
