import type { Connection } from 'mysql2/promise';

/** A row as mysql2 gives it: column name to value. */
export type Row = Record<string, unknown>;

/** A real database server, started for one test, demo or benchmark, that listens on loopback only. */
export interface DatabaseServer {
  readonly flavor: 'mariadb' | 'mysql';
  /** As `SELECT VERSION()` says it. */
  readonly version: string;
  readonly host: '127.0.0.1';
  readonly port: number;
  /** Password of `root`, who may log in from everywhere; random for each server. */
  readonly rootPassword: string;
  readonly pid: number;
  /** PEM file of the authority that signed the server's certificate; present when `tlsHostName` was given. */
  readonly caFile?: string;
  /** A new connection as root; the caller ends it. */
  connect(database?: string): Promise<Connection>;
  /** Runs one statement as root, over a connection of its own, and gives the rows. */
  query(sql: string, database?: string): Promise<Row[]>;
  /** Kills the server; it keeps its data. */
  kill(): Promise<void>;
  /** Starts it again after `kill`, with its data and on its port. */
  restart(): Promise<void>;
  /** Kills the server and removes its data. Safe to call twice, and after the server was killed by the test. */
  stop(): Promise<void>;
  /** As `stop`: `await using server = await startMariadb()` ends it with the block, also when a test fails. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** What can be asked of a server at its start. */
export interface DatabaseServerOptions {
  /**
   * The host name (or IP address) its certificate is made out to.
   * @default MariaDB speaks no TLS, MySQL has a certificate that it made itself
   */
  readonly tlsHostName?: string;
  /**
   * Whether it keeps names of databases and tables in small letters, and takes them in any: `lower_case_table_names = 1`.
   * @default names with other letters are other names
   */
  readonly lowersNames?: boolean;
  /**
   * Whether it writes a binary log, by rows, and lets every account make functions and triggers all the same, as a server of RDS
   * with backups of its own does.
   * @default no binary log
   */
  readonly logsBinary?: boolean;
}
