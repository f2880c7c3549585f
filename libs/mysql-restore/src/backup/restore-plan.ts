import type { BackupManifest } from '@serverless-ops/job-schemas';
import type { Definition, Definitions } from './definitions.ts';

type ManifestTable = BackupManifest['tables'][number];

/** A share of a table's rows. */
export type RowsPart = NonNullable<ManifestTable['parts']>[number];

/** A table that is restored. */
export interface PlannedTable {
  readonly name: string;
  readonly rows: number;
  /** Undefined for a table of which the definition is all there is. */
  readonly checksum: string | undefined;
  readonly definition: Definition;
  readonly parts: readonly RowsPart[];
}

/** What a restore is going to do, known before the server is asked anything. */
export interface RestorePlan {
  readonly manifest: BackupManifest;
  /** Whether the whole backup is restored, and not some of its tables. */
  readonly isWhole: boolean;
  readonly tables: readonly PlannedTable[];
  /** What the tables take numbers from. */
  readonly sequences: readonly Definition[];
  /** Routines, views, triggers and events, in the order in which they are made. */
  readonly programs: readonly Definition[];
  /** What sets a session up for the definitions of either file. */
  readonly preamble: Definitions['preamble'];
  /** What makes the defaults of the database those of the source; undefined where they are none of this restore's. */
  readonly defaults: Buffer | undefined;
}
