import type { DatabaseTls } from './database-tls.ts';

/** Where a server is and how to log in to it, without a word on any database. Holds a secret: never log it. */
export interface ServerConnection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly tls: DatabaseTls;
}

/** Where a database is and how to log in to it. Holds a secret: never log it. */
export interface DatabaseConnection extends ServerConnection {
  readonly database: string;
}
