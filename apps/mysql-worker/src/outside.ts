import type { ObjectStore } from '@serverless-ops/object-store';
import type { SettingsRequest } from './database-settings.ts';
import type { JobMeans } from './job-means.ts';

/** What performing a job needs of the outside. */
export interface Outside {
  /** Looks a database's path up in Parameter Store. */
  lookUpDatabase: (dbName: string, dbEnv: string) => ReturnType<NonNullable<SettingsRequest['lookUp']>>;
  openStore: (bucket: string) => ObjectStore;
  /** PEM file of the authorities that a database server's certificate may come from. */
  authoritiesFile: string;
  /** From then on the text is in no log line. */
  hideSecret: (text: string) => void;
  assertStillWanted: () => Promise<void>;
  /** See {@link JobMeans.runningJobs}. */
  runningJobs: JobMeans['runningJobs'];
}
