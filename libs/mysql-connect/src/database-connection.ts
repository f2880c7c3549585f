import type { DatabaseTls } from './database-tls.ts';

/** Where a server is and how to log in to it, without a word on any database. Holds a secret: never log it. */
export interface ServerConnection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly tls: DatabaseTls;
  /**
   * A statement to which the server sends nothing for so long fails as ConnectionLost.
   * @default 300: nothing that a job asks takes a server so long, and a job without progress is given up after 600
   */
  readonly silentSeconds?: number;
}

/** Where a database is and how to log in to it. Holds a secret: never log it. */
export interface DatabaseConnection extends ServerConnection {
  readonly database: string;
}
