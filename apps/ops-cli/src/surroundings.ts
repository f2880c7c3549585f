import type { ObjectStore } from '@serverless-ops/object-store';
import type { Settings } from '@serverless-ops/settings';
import type { Jobs } from './jobs/jobs.ts';
import type { TerminalLine } from './jobs/terminal-line.ts';
import type { OpsParameterStore } from './parameter-store.ts';
import type { ValueSources } from './params/value-sources.ts';

/** What there is of backups. */
export type BackupCatalogue = Pick<ObjectStore, 'listBackups' | 'readDrillRecord'>;

/** Everything outside of the command that it uses. */
export interface Surroundings extends ValueSources {
  /** Settings file when none is named. */
  readonly defaultSettingsFile: string;
  connect(settings: Settings): OpsParameterStore;
  connectJobs(settings: Settings): Jobs;
  connectStore(settings: Settings, bucket: string): BackupCatalogue;
  /** What was asked for. */
  readonly say: (text: string) => void;
  /** Everything else: it must not get into a file with the former. */
  readonly complain: (text: string) => void;
  /** A line for what changes. Absent: there is no terminal to show it. */
  readonly line?: TerminalLine;
  /** Calls `handle` on each Ctrl-C in place of ending, until the returned function is called. */
  onInterrupt(handle: () => void): () => void;
  readonly sleep: (ms: number) => Promise<void>;
  readonly now: () => Date;
  /** So many random bytes, in hexadecimal digits. */
  readonly randomHex: (bytes: number) => string;
}
