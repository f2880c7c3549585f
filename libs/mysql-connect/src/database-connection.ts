import type { DatabaseTls } from './database-tls.ts';

/** Where a database is and how to log in to it. Holds a secret: never log it. */
export interface DatabaseConnection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly tls: DatabaseTls;
}
