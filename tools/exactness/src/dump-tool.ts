import type { DatabaseServer } from '@serverless-ops/test-servers';

/** A dump that a tool made without a complaint. */
export interface ToolDump {
  /** What the tool says that the dump lacks. */
  readonly named: readonly string[];
  /** Restores it under its own name, which no database has now. Throws what the client said. */
  restore(): Promise<void>;
  /** Restores it into another database, which exists and is empty. Throws what the client said. */
  restoreAs(target: string): Promise<void>;
  /** Removes what the dump left on the disk. */
  discard?(): Promise<void>;
}

/** A way to back up one database and to restore it. */
export interface DumpTool {
  /** As a column's title. */
  readonly name: string;
  /** Whether it can log in to this server at all. */
  fits(server: DatabaseServer): boolean;
  /** Throws what the tool said when it refused. */
  dump(server: DatabaseServer, database: string): Promise<ToolDump>;
}
